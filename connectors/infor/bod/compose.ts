import type { Party } from '../../../sync/party';
import { ConnectorError } from '../../errors';
import { parseXml } from './xml';

export interface BodHead {
  verb: string;
  /** Such as CustomerPartyMaster. */
  noun: string;
  bodId: string;
  /** ISO 8601 */
  creationDateTime: string;
  fromLogicalId: string;
  tenantId: string;
  /** '' for none. */
  accountingEntityId: string;
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 has no place for other control characters. */
const escape = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);

const element = (name: string, text: string): string =>
  text === '' ? '' : `<${name}>${escape(text)}</${name}>`;

function addressOf({ address }: Party): string {
  const { line1, line2, city, state, postalCode, country } = address;
  const inner = [
    ...[line1, line2].map((line) => element('AddressLine', line)),
    element('CityName', city),
    element('CountrySubDivisionCode', state),
    element('CountryCode', country),
    element('PostalCode', postalCode),
  ].join('');
  return inner === '' ? '' : `<Location><Address>${inner}</Address></Location>`;
}

/** The noun of a customer or supplier (infor §8.3). */
function partyXml(noun: string, party: Party): string {
  const communications = [
    ...(party.phone ? [element('DialNumber', party.phone)] : []),
    ...party.emails.map((email) => element('URI', email)),
  ];
  return [
    `<${noun}>`,
    `<PartyIDs>${element('ID', party.number)}</PartyIDs>`,
    element('Name', party.name),
    `<Status>${element('Code', party.status === 'active' ? 'Active' : 'Inactive')}</Status>`,
    addressOf(party),
    ...communications.map((one) => `<Communication>${one}</Communication>`),
    element('LanguageCode', party.language),
    party.taxId === '' ? '' : `<TaxIDSet>${element('ID', party.taxId)}</TaxIDSet>`,
    `</${noun}>`,
  ].join('');
}

/** A whole BOD of a party. */
export function composeParty(head: BodHead, party: Party): string {
  const { verb, noun, bodId, creationDateTime, fromLogicalId, tenantId, accountingEntityId } = head;
  const root = `${verb}${noun}`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<${root} xmlns="http://schema.infor.com/InforOAGIS/2" releaseID="9.2" versionID="2.14.0">`,
    `<ApplicationArea><Sender>${element('LogicalID', fromLogicalId)}</Sender>`,
    `${element('CreationDateTime', creationDateTime)}${element('BODID', bodId)}</ApplicationArea>`,
    `<DataArea><${verb}>${element('TenantID', tenantId)}${element('AccountingEntityID', accountingEntityId)}`,
    `<ActionCriteria><ActionExpression actionCode="Replace"/></ActionCriteria></${verb}>`,
    partyXml(noun, party),
    `</DataArea></${root}>`,
  ].join('');
}

/** @throws ConnectorError BOD_MALFORMED when the text is no XML whose root is verb and noun */
export function checkedXml(xml: string, verb: string, noun: string): string {
  const malformed = (what: string): ConnectorError =>
    new ConnectorError(
      'BOD_MALFORMED',
      what,
      `The root has to be ${verb}${noun}; no document type is allowed.`,
    );
  let root = '';
  try {
    root = parseXml(xml).name;
  } catch {
    // The parser's words may quote the document.
  }
  if (root === '') throw malformed('The document is not well-formed XML.');
  if (root !== `${verb}${noun}`) throw malformed('The document’s root is another one than verb and noun.');
  return xml;
}
