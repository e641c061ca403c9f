import type { ObjectType } from '../productLine';

/** Fields that CRS610MI/ChgBasicData takes and GetBasicData gives, with their lengths. */
const CUSTOMER_FIELDS = {
  ...{ CFC1: 10, CFC2: 15, CFC6: 10, CFC7: 15, CSCD: 3, CUA1: 36, CUA2: 36, CUA3: 36, CUA4: 36, CUNM: 36 },
  ...{ ECAR: 2, LNCD: 2, MAIL: 50, PHN2: 16, PHNO: 16, PONO: 10, TFNO: 16, TOWN: 20, YRE2: 30, YREF: 30 },
};

/** Fields that CRS618MI/Upd takes and Get gives. */
export const CONTACT_FIELDS: Record<string, number> = {
  ...{ CSCD: 3, CUA1: 36, CUA2: 36, CUA3: 36, CUA4: 36, ECAR: 2, JTIT: 36, LHCD: 2, NAMF: 36, NAMM: 36 },
  ...{ NAMS: 36, PHN2: 16, PHNO: 16, PONO: 10, TITL: 36, TOWN: 20, TX40: 40, TX50: 50 },
};

/** Fields that CRS620MI/UpdSupplier takes and GetBasicData gives. */
const SUPPLIER_FIELDS = {
  ...{ CFI1: 10, CFI2: 17, CSCD: 3, ECAR: 2, LNCD: 2, PHN2: 16, PHNO: 16, SUCM: 20, SUNM: 36, TFNO: 16 },
  ...{ TLNO: 16, VRNO: 16 },
};

const NOT_A_PARTY = 'Only customers and suppliers are changed here; use the resource M3 Transaction.';

const readOnly = (): ObjectType => ({
  abilities: ['read', 'changes'],
  missing: {
    update: NOT_A_PARTY,
    customFields: 'Call CUSEXTMI by the resource M3 Transaction, with the FILE of this object.',
  },
  updatable: {},
  fieldNames: {},
});

export const OBJECTS: Record<
  'customer' | 'supplier' | 'item' | 'purchaseOrder' | 'invoice' | 'glAccount',
  ObjectType
> = {
  customer: {
    abilities: ['read', 'changes', 'update', 'customFields', 'contactLink', 'financials'],
    missing: {},
    updatable: CUSTOMER_FIELDS,
    fieldNames: {},
  },
  supplier: {
    abilities: ['read', 'changes', 'update', 'customFields', 'contactLink'],
    missing: { financials: 'M3 keeps credit stop and overdue amounts of customers only.' },
    updatable: SUPPLIER_FIELDS,
    fieldNames: {},
    emailHomes: [
      {
        name: 'Supplier References (CRS620)',
        value: 'CRS620MI',
        description: 'The addresses of the people at the supplier',
      },
      {
        name: 'Email Repository (CRS111)',
        value: 'CRS111MI',
        description: 'The supplier’s entry in the e-mail repository',
      },
    ],
  },
  item: readOnly(),
  purchaseOrder: readOnly(),
  invoice: readOnly(),
  glAccount: readOnly(),
};
