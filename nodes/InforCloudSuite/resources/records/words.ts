import { PRODUCT_LINES } from '../../../../connectors/infor/registry';
import type { Ability } from '../../../../connectors/infor/productLine';
import type { RecordKind } from '../../../../sync/record';

/** How users call each kind. */
export const WORDS: Record<RecordKind, { name: string; one: string; many: string; example: string }> = {
  customer: { name: 'Customer', one: 'customer', many: 'customers', example: 'Y30000' },
  supplier: { name: 'Supplier', one: 'supplier', many: 'suppliers', example: 'S10000' },
  item: { name: 'Item', one: 'item', many: 'items', example: 'B2001' },
  purchaseOrder: {
    name: 'Purchase Order',
    one: 'purchase order',
    many: 'purchase orders',
    example: '4000001',
  },
  invoice: { name: 'Invoice', one: 'invoice', many: 'invoices', example: 'Y30000/2026/100001' },
  glAccount: { name: 'GL Account', one: 'GL account', many: 'GL accounts', example: '4000' },
};

/** Product lines that can do this with this kind; undefined where all of them can. */
export function linesWith(kind: RecordKind, ability: Ability): string[] | undefined {
  const able = PRODUCT_LINES.filter(({ objects }) => objects[kind].abilities.includes(ability));
  return able.length === PRODUCT_LINES.length ? undefined : able.map(({ id }) => id);
}

export const isParty = (kind: RecordKind): kind is 'customer' | 'supplier' =>
  kind === 'customer' || kind === 'supplier';
