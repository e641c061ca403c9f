import type { Party, PartyStatus } from './party';

/** An element of a BOD: its local name, what stands in it, its children. */
export interface BodNode {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: BodNode[];
}

/** A Business Object Document of Infor's (InforOAGIS). */
export interface Bod {
  /** Sync, Process, Acknowledge, … */
  verb: string;
  /** Such as CustomerPartyMaster. */
  noun: string;
  /** '' where the sender gave none. */
  bodId: string;
  logicalId: string;
  tenantId: string;
  accountingEntityId: string;
  /** ISO 8601 as the sender wrote it. */
  creationDateTime: string;
  /** Add, Change, Replace or Delete; '' where it is not said. */
  actionCode: string;
  records: BodRecord[];
}

export interface BodRecord {
  number: string;
  /** Orders the versions of a record: the variation id, or the time of the document. */
  version: string;
  node: BodNode;
}

const VERBS = ['Sync', 'Process', 'Acknowledge', 'Confirm', 'Get', 'Show', 'Update', 'Load'];

const child = (node: BodNode | undefined, name: string): BodNode | undefined =>
  node?.children.find((one) => one.name === name);

const at = (node: BodNode | undefined, ...path: string[]): BodNode | undefined =>
  path.reduce<BodNode | undefined>((found, name) => child(found, name), node);

const textAt = (node: BodNode | undefined, ...path: string[]): string => at(node, ...path)?.text ?? '';

const all = (node: BodNode | undefined, name: string): BodNode[] =>
  node?.children.filter((one) => one.name === name) ?? [];

/** Where the number of a record and the variation of it stand. */
const IDENTITIES = [['PartyIDs', 'ID'], ['DocumentID', 'ID'], ['ItemID', 'ID'], ['ID']];

function recordOf(node: BodNode, creationDateTime: string): BodRecord {
  const identity = IDENTITIES.map((path) => at(node, ...path)).find((found) => found?.text);
  const variation = identity?.attributes.variationID ?? '';
  return { number: identity?.text ?? '', version: variation || creationDateTime, node };
}

/** Undefined for a document that is no BOD: its root is not verb and noun, or parts are missing. */
export function readBod(root: BodNode): Bod | undefined {
  const verb = VERBS.find((one) => root.name.startsWith(one) && root.name.length > one.length);
  if (!verb) return undefined;
  const noun = root.name.slice(verb.length);
  const [application, data] = [child(root, 'ApplicationArea'), child(root, 'DataArea')];
  if (!application || !data) return undefined;
  const creationDateTime = textAt(application, 'CreationDateTime');
  const head = child(data, verb);
  return {
    verb,
    noun,
    bodId: textAt(application, 'BODID'),
    logicalId: textAt(application, 'Sender', 'LogicalID'),
    tenantId: textAt(head, 'TenantID'),
    accountingEntityId: textAt(head, 'AccountingEntityID'),
    creationDateTime,
    actionCode: at(head, 'ActionCriteria', 'ActionExpression')?.attributes.actionCode ?? '',
    records: all(data, noun).map((node) => recordOf(node, creationDateTime)),
  };
}

const KINDS: Record<string, Party['kind']> = {
  CustomerPartyMaster: 'customer',
  SupplierPartyMaster: 'supplier',
};

const INACTIVE = /^(inactive|closed|blocked|deleted|expired)$/i;

function statusOf(node: BodNode, actionCode: string): PartyStatus {
  if (actionCode === 'Delete') return 'inactive';
  return INACTIVE.test(textAt(node, 'Status', 'Code')) ? 'inactive' : 'active';
}

/** UserArea/Property/NameValue: what the tenant has added. */
function userFields(node: BodNode): Record<string, string> {
  const values = all(child(node, 'UserArea'), 'Property').flatMap((property) => all(property, 'NameValue'));
  const pairs = values.map((value): [string, string] => [value.attributes.name ?? '', value.text]);
  return Object.fromEntries(pairs.filter(([name]) => name !== '' && name !== '__proto__'));
}

/** A customer or supplier as our party; undefined for other nouns and for one without a number. */
export function partyOf(
  { noun, actionCode, creationDateTime }: Bod,
  { number, node }: BodRecord,
): Party | undefined {
  const kind = Object.hasOwn(KINDS, noun) ? KINDS[noun] : undefined;
  if (!kind || number === '') return undefined;
  const address = at(node, 'Location', 'Address') ?? at(node, 'Address');
  const lines = all(address, 'AddressLine').map(({ text }) => text);
  const communications = all(node, 'Communication');
  const emails = communications
    .flatMap((one) => all(one, 'URI'))
    .map(({ text }) => text.replace(/^mailto:/i, ''));
  const phones = communications.flatMap((one) => all(one, 'DialNumber')).map(({ text }) => text);
  return {
    kind,
    number,
    name: textAt(node, 'Name'),
    emails: emails.filter((email) => email.includes('@')),
    phone: phones.find((phone) => phone !== '') ?? '',
    taxId: textAt(node, 'TaxIDSet', 'ID'),
    language: textAt(node, 'LanguageCode'),
    address: {
      line1: lines[0] ?? '',
      line2: lines[1] ?? '',
      city: textAt(address, 'CityName'),
      state: textAt(address, 'CountrySubDivisionCode'),
      postalCode: textAt(address, 'PostalCode'),
      country: textAt(address, 'CountryCode'),
    },
    status: statusOf(node, actionCode),
    financialStatus: 'unknown',
    parentNumber: textAt(node, 'ParentPartyID', 'ID'),
    payerNumber: '',
    groupNumber: '',
    modifiedAt: creationDateTime,
    raw: userFields(node),
  };
}

const isNumber = (text: string): boolean => /^\d{1,30}$/.test(text);

/** Whether `version` is older than what was applied: variation ids by number, times by moment. */
export function isStale(version: string, applied: string | undefined): boolean {
  if (applied === undefined) return false;
  if (isNumber(version) && isNumber(applied)) return BigInt(version) < BigInt(applied);
  const [a, b] = [Date.parse(version), Date.parse(applied)];
  return Number.isFinite(a) && Number.isFinite(b) && a < b;
}

/** A BOD's tree as plain JSON: attributes as `@name`, repeated elements as lists, text alone as text. */
export function toPlain(node: BodNode): unknown {
  const attributes = Object.entries(node.attributes).filter(([name]) => !name.startsWith('xmlns'));
  if (attributes.length === 0 && node.children.length === 0) return node.text;
  const plain = new Map<string, unknown>(attributes.map(([name, value]) => [`@${name}`, value]));
  for (const one of node.children) {
    const before = plain.get(one.name);
    const value = toPlain(one);
    plain.set(
      one.name,
      before === undefined
        ? value
        : Array.isArray(before)
          ? [...(before as unknown[]), value]
          : [before, value],
    );
  }
  if (node.text !== '') plain.set('#text', node.text);
  plain.delete('__proto__');
  return Object.fromEntries(plain);
}
