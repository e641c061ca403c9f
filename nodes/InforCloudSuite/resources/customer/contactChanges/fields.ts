import type { INodeProperties } from 'n8n-workflow';

/** Fields that CRS610MI/ChgBasicData takes and GetBasicData gives, with their lengths. */
export const CUSTOMER_FIELDS: Record<string, number> = {
  ...{ CFC1: 10, CFC2: 15, CFC6: 10, CFC7: 15, CSCD: 3, CUA1: 36, CUA2: 36, CUA3: 36, CUA4: 36, CUNM: 36 },
  ...{ ECAR: 2, LNCD: 2, PHN2: 16, PHNO: 16, PONO: 10, TFNO: 16, TOWN: 20, YRE2: 30, YREF: 30 },
};

/** Fields that CRS618MI/Upd takes and Get gives. */
export const CONTACT_FIELDS: Record<string, number> = {
  ...{ CSCD: 3, CUA1: 36, CUA2: 36, CUA3: 36, CUA4: 36, ECAR: 2, JTIT: 36, LHCD: 2, NAMF: 36, NAMM: 36 },
  ...{ NAMS: 36, PHN2: 16, PHNO: 16, PONO: 10, TITL: 36, TOWN: 20, TX40: 40, TX50: 50 },
};

const names = [...new Set([...Object.keys(CUSTOMER_FIELDS), ...Object.keys(CONTACT_FIELDS)])].sort();

export const backFields: INodeProperties = {
  displayName: 'Fields From Contact',
  name: 'backFields',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Field',
  default: {},
  description:
    'Merge fields that people edit in Mailchimp and that flow back. Name them as “Fields Owned by Contacts” in the sync to Mailchimp too. With contact persons as the email home they go to the contact person.',
  options: [
    {
      displayName: 'Field',
      name: 'field',
      values: [
        {
          displayName: 'CloudSuite Field',
          name: 'field',
          type: 'options',
          options: names.map((name) => ({ name, value: name })),
          default: 'PHNO',
        },
        {
          displayName: 'Merge Tag',
          name: 'tag',
          type: 'string',
          default: '',
          placeholder: 'e.g. PHONE or ADDRESS.city',
        },
      ],
    },
  ],
};
