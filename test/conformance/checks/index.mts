import type { Check } from '../check.mts';
import { CHANGES } from './changes.mts';
import { DISCOVERY } from './discovery.mts';
import { FAULTS } from './faults.mts';
import { KEEPING } from './keeping.mts';
import { LOGIN } from './login.mts';
import { PAGING } from './paging.mts';
import { SCHEMA } from './schema.mts';
import { STANDING } from './standing.mts';
import { WRITING } from './writing.mts';

/** What every product line promises. */
export const CHECKS: Check[] = [
  LOGIN,
  DISCOVERY,
  SCHEMA,
  CHANGES,
  PAGING,
  FAULTS,
  WRITING,
  KEEPING,
  STANDING,
].flat();
