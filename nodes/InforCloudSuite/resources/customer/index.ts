import type { Resource } from '../../operation';
import { applyContact } from './applyContact';
import { get } from './get';
import { getAll } from './getAll';
import { setCrossReference } from './setCrossReference';
import { update } from './update';

export const customer: Resource = {
  value: 'customer',
  name: 'Customer',
  operations: [applyContact, get, getAll, setCrossReference, update],
};
