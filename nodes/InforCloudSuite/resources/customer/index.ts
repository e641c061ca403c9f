import type { Resource } from '../../operation';
import { get } from './get';
import { getAll } from './getAll';

export const customer: Resource = { value: 'customer', name: 'Customer', operations: [get, getAll] };
