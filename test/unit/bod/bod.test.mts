import * as fc from 'fast-check';
import { checkedXml, composeParty } from '../../../connectors/infor/bod/compose.ts';
import { parseXml } from '../../../connectors/infor/bod/xml.ts';
import { isStale, partyOf, readBod, toPlain } from '../../../sync/bod.ts';
import type { Party } from '../../../sync/party.ts';

const HEAD = {
  ...{ verb: 'Sync', noun: 'CustomerPartyMaster', bodId: 'infor-nid:ACME:1', tenantId: 'ACME_DEM' },
  ...{
    creationDateTime: '2026-01-31T10:00:00Z',
    fromLogicalId: 'lid://infor.m3.m3',
    accountingEntityId: '100_AAA',
  },
};

// What XML can carry, without blanks at an end, which are trimmed.
const text = fc
  .string({ unit: 'binary', maxLength: 30 })
  .map((value) => value.replace(/[^\u0020-\uD7FF\uE000-\uFFFD]/g, '').trim());
const party = fc.record({
  kind: fc.constant('customer' as const),
  number: fc.stringMatching(/^[A-Z0-9]{1,10}$/),
  name: text,
  emails: fc.array(fc.emailAddress(), { maxLength: 3 }),
  phone: fc.stringMatching(/^\+?[0-9 ]{0,12}$/).map((value) => value.trim()),
  taxId: text,
  language: fc.constant('GB'),
  address: fc.record({
    line1: text,
    line2: fc.constant(''),
    city: text,
    state: text,
    postalCode: text,
    country: text,
  }),
  status: fc.constantFrom('active' as const, 'inactive' as const),
});

describe('a BOD', () => {
  test('of any party is read back as that party', () => {
    fc.assert(
      fc.property(party, (given) => {
        const whole: Party = {
          ...given,
          ...{ financialStatus: 'unknown', parentNumber: '', payerNumber: '', groupNumber: '' },
          ...{ modifiedAt: HEAD.creationDateTime, raw: {} },
        };
        const bod = readBod(parseXml(composeParty(HEAD, whole)))!;
        expect(bod).toMatchObject({
          verb: 'Sync',
          noun: 'CustomerPartyMaster',
          bodId: HEAD.bodId,
          actionCode: 'Replace',
        });
        expect(partyOf(bod, bod.records[0]!)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  test('with several records, user fields and a variation gives each its own', () => {
    const xml = `<SyncCustomerPartyMaster xmlns="http://schema.infor.com/InforOAGIS/2"><ApplicationArea><BODID>b</BODID>
      <CreationDateTime>2026-01-31T10:00:00Z</CreationDateTime></ApplicationArea><DataArea><Sync/>
      <CustomerPartyMaster><PartyIDs><ID variationID="12">Y1</ID></PartyIDs><UserArea><Property>
      <NameValue name="Segment">A &amp; B</NameValue></Property></UserArea></CustomerPartyMaster>
      <CustomerPartyMaster><PartyIDs><ID>Y2</ID></PartyIDs><Status><Code>Closed</Code></Status></CustomerPartyMaster>
      </DataArea></SyncCustomerPartyMaster>`;
    const bod = readBod(parseXml(xml))!;
    expect(bod.records.map(({ number, version }) => [number, version])).toEqual([
      ['Y1', '12'],
      ['Y2', '2026-01-31T10:00:00Z'],
    ]);
    expect(bod.records.map((record) => partyOf(bod, record)?.status)).toEqual(['active', 'inactive']);
    expect(partyOf(bod, bod.records[0]!)?.raw).toEqual({ Segment: 'A & B' });
  });

  test.each(['<a/>', '<SyncX/>', '<Sync><ApplicationArea/><DataArea/></Sync>', '<html><body/></html>'])(
    '%s is none',
    (xml) => expect(readBod(parseXml(xml))).toBeUndefined(),
  );

  test('as plain JSON keeps attributes and repeated elements, and no name reaches a prototype', () => {
    const plain = toPlain(parseXml('<a x="1"><b>1</b><b>2</b><__proto__><c>3</c></__proto__></a>'));
    expect(plain).toEqual({ '@x': '1', b: ['1', '2'] });
    expect(({} as { c?: string }).c).toBeUndefined();
  });
});

describe('XML', () => {
  const BOMB = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>';

  test.each([
    ['a bomb of entities', BOMB],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'],
    ['an external document type', '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>'],
    ['an entity that nobody declared', '<a>&x;</a>'],
    ['an element that does not end', '<a><b></a>'],
    ['nothing', ''],
    ['text', 'hello'],
    ['JSON', '{"a":1}'],
    ['two roots', '<a/><b/>'],
    ['a depth of 61', '<a>'.repeat(61) + '</a>'.repeat(61)],
    ['200,001 elements', `<a>${'<b/>'.repeat(200_000)}</a>`],
  ])('with %s is refused', (_what, xml) => expect(() => parseXml(xml)).toThrow());

  test('of chance never makes anything but a tree or a refusal', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text2) => {
        try {
          expect(typeof parseXml(text2).name).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('with characters by number, CDATA and the five entities is read', () => {
    expect(parseXml('<a>&#65;&#x42;<![CDATA[<c>]]>&lt;&amp;</a>').text).toBe('AB<c><&');
  });

  test('for a document of one’s own has to fit its noun', () => {
    expect(() => checkedXml('<SyncItem/>', 'Sync', 'Item')).not.toThrow();
    expect(() => checkedXml('<SyncOther/>', 'Sync', 'Item')).toThrow('[BOD_MALFORMED]');
    expect(() => checkedXml(BOMB, 'Sync', 'Item')).toThrow('[BOD_MALFORMED]');
  });
});

describe('a version is older', () => {
  test.each([
    ['9', '10', true],
    ['10', '9', false],
    ['10', '10', false],
    ['2026-01-31T10:00:00Z', '2026-01-31T11:00:00+00:00', true],
    ['2026-01-31T12:00:00+02:00', '2026-01-31T10:30:00Z', true],
    ['', '10', false],
    ['x', 'y', false],
  ])('%s than %s: %s', (version, applied, older) => expect(isStale(version, applied)).toBe(older));

  test('than nothing never', () => expect(isStale('1', undefined)).toBe(false));
});
