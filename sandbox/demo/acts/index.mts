import type { Act } from '../act.mts';
import { firstSync, newAddress, newCustomers } from './customers.mts';
import { bounce, newOrder, refunds } from './money.mts';
import { monthEnd } from './monthEnd.mts';
import { movedAddress, profileEdit, signUp, unsubscribe } from './people.mts';
import { creditStop, standing } from './standing.mts';
import { outage, wrongAudience } from './trouble.mts';

/** `npm run demo`. */
export const WHOLE_MONTH: readonly Act[] = [
  ...[firstSync, standing, signUp, newCustomers, unsubscribe, profileEdit, movedAddress, newAddress],
  ...[creditStop, newOrder, refunds, bounce, outage, wrongAudience, monthEnd],
];

/** `npm start`. */
export const SHORT_FORM: readonly Act[] = [firstSync, signUp, newCustomers, unsubscribe, monthEnd];
