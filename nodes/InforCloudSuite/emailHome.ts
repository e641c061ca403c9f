import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { PRODUCT_LINES } from '../../connectors/infor/registry';

const homesOf = (kind: 'customer' | 'supplier'): INodePropertyOptions[] =>
  PRODUCT_LINES.flatMap(({ id, emailHomes, objects }) =>
    (objects[kind].emailHomes ?? emailHomes).map(({ name, value, description }) => ({
      ...{ name, value, description },
      displayOptions: { show: { productLine: [id] } },
    })),
  );

export const emailHome = (kind: 'customer' | 'supplier'): INodeProperties => ({
  displayName: 'Email Home',
  name: 'emailHome',
  type: 'options',
  options: [
    { name: 'Usual One', value: '', description: 'The first of the others' },
    ...homesOf(kind).sort((a, b) => a.name.localeCompare(b.name)),
  ],
  default: '',
  description: `Where your company keeps the e-mail addresses of its ${kind}s`,
});
