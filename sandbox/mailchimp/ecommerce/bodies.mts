import { invalidResource, schemaProblem, type FieldError } from '../problems.mts';
import type { Json } from '../query.mts';
import type { Kind, Row, Store } from './shop.mts';

type Type = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array';

/** Required on create, and the types of what is checked (mailchimp-events §3.1). */
export const REQUIRED: Record<Kind | 'stores' | 'lines' | 'variants', string[]> = {
  stores: ['id', 'list_id', 'name', 'currency_code'],
  customers: ['id', 'email_address', 'opt_in_status'],
  products: ['id', 'title', 'variants'],
  variants: ['id', 'title'],
  orders: ['id', 'customer', 'currency_code', 'order_total', 'lines'],
  carts: ['id', 'customer', 'currency_code', 'order_total', 'lines'],
  lines: ['id', 'product_id', 'product_variant_id', 'quantity', 'price'],
};

const TYPES: Record<string, Type> = {
  ...{ id: 'string', list_id: 'string', name: 'string', currency_code: 'string', title: 'string' },
  ...{ email_address: 'string', opt_in_status: 'boolean', variants: 'array', customer: 'object' },
  ...{ order_total: 'number', discount_total: 'number', tax_total: 'number', shipping_total: 'number' },
  ...{ lines: 'array', product_id: 'string', product_variant_id: 'string', quantity: 'integer' },
  ...{ price: 'number', discount: 'number', financial_status: 'string', fulfillment_status: 'string' },
  ...{ cancelled_at_foreign: 'string', processed_at_foreign: 'string', is_syncing: 'boolean' },
};

const typeOf = (value: unknown): string => {
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

const fits = (value: unknown, type: Type): boolean =>
  typeOf(value) === type || (type === 'number' && typeof value === 'number');

const MAX_CUSTOMER_ID = 50;

function problemsOf(body: Json, required: string[]): FieldError[] {
  const missing = required
    .filter((field) => body[field] === undefined)
    .map((field) => ({ field, message: 'This value should not be blank.' }));
  const wrong = Object.entries(TYPES)
    .filter(([field, type]) => body[field] !== undefined && !fits(body[field], type))
    .map(([field, type]) => ({
      field,
      message: `Schema describes ${type}, ${typeOf(body[field])} found instead`,
    }));
  return [...missing, ...wrong];
}

export function objectOf(body: unknown): Json {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Json;
  throw schemaProblem([{ field: '', message: 'Schema describes object, NULL found instead' }]);
}

/** @throws Problem 400 */
export function checkBody(kind: Kind | 'stores' | 'lines' | 'variants', body: Json, isNew: boolean): void {
  const problems = problemsOf(body, isNew ? REQUIRED[kind] : []);
  if (problems.length > 0) throw schemaProblem(problems);
  if (kind === 'customers' && String(body.id ?? '').length > MAX_CUSTOMER_ID)
    throw schemaProblem([{ field: 'id', message: 'This value is too long.' }]);
  if (body.currency_code !== undefined && !/^[A-Z]{3}$/.test(String(body.currency_code)))
    throw schemaProblem([{ field: 'currency_code', message: 'This value is not a valid currency.' }]);
  if (kind === 'products' && isNew && (body.variants as unknown[]).length === 0)
    throw schemaProblem([{ field: 'variants', message: 'This value should not be blank.' }]);
}

/** Assumed: a line whose product or variant the store does not have is refused with 400. */
export function checkLine(store: Store, value: unknown): Row {
  const line = objectOf(value);
  checkBody('lines', line, true);
  const product = store.products.get(String(line.product_id));
  if (!product)
    throw invalidResource(`A product with the provided ID does not exist in the account's store.`);
  const variants = (product.variants ?? []) as Row[];
  if (!variants.some(({ id }) => id === line.product_variant_id))
    throw invalidResource('A product variant with the provided ID does not exist.');
  return line as Row;
}
