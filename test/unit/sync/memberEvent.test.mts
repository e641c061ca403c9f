import * as fc from 'fast-check';
import { formBody } from '../../../sandbox/mailchimp/webhookEvents.mts';
import { parseForm } from '../../../sync/form.ts';
import { eventKey, isForgotten, readEvent, type MemberEvent } from '../../../sync/memberEvent.ts';
import { ACTS, anyCase, AT, said } from './acts.mts';

const ISO = '2026-01-02T03:04:05.000Z';
const read = (body: string): MemberEvent | undefined => readEvent(parseForm(body) ?? {});
describe('what Mailchimp says', () => {
  test.each(ACTS)('of %s is read back with all its fields, whatever they hold', (_name, act, expected) => {
    fc.assert(
      fc.property(fc.record(anyCase), (one) => {
        const events = said(one.email, one.merges, (audiences, list) => act(audiences, list, one));
        const got = events.map((event) => read(formBody(event, AT)));
        const common = { firedAt: ISO, audienceId: events[0]!.list };
        expect(got).toMatchObject(expected(one).map((fields) => ({ ...common, ...fields })));
        for (const event of got.filter((e) => e?.mergeFields['EMAIL'] !== undefined)) {
          expect(event!.mergeFields).toEqual({
            ...one.merges,
            EMAIL: event!.email,
            LNAME: '',
            ADDRESS: '',
            PHONE: '',
          });
        }
      }),
      { numRuns: 200 },
    );
  });

  test('in captured deliveries of 2014 to 2021 is read, optional keys left empty', () => {
    const start = 'type=subscribe&fired_at=2021-07-28+08%3A06%3A59&data%5Bid%5D=e2ff089583&';
    const subscribe = read(
      `${start}data%5Bemail%5D=a%2Bb%40x.example&data%5Bemail_type%5D=html&data%5Bip_opt%5D=115.187.35.152&` +
        'data%5Bweb_id%5D=161912900&data%5Bmerges%5D%5BEMAIL%5D=a%2Bb%40x.example&data%5Bmerges%5D%5BFNAME%5D=Name&' +
        'data%5Bmerges%5D%5BADDRESS%5D=&data%5Bmerges%5D%5BGROUPINGS%5D%5B0%5D%5Bname%5D=Kind&data%5Blist_id%5D=ec4689c266',
    );
    expect(subscribe).toEqual({
      ...{ type: 'subscribe', firedAt: '2021-07-28T08:06:59.000Z', audienceId: 'ec4689c266' },
      ...{
        email: 'a+b@x.example',
        oldEmail: '',
        phone: '',
        action: '',
        reason: '',
        campaignId: '',
        campaignStatus: '',
        subject: '',
      },
      mergeFields: { EMAIL: 'a+b@x.example', FNAME: 'Name', ADDRESS: '', GROUPINGS: { 0: { name: 'Kind' } } },
    });
    const upemail = read(
      'type=upemail&fired_at=2017-04-23+08%3A08%3A31&data%5Bnew_id%5D=50696b797a&' +
        'data%5Bnew_email%5D=old%2Btest%40example.com&data%5Bold_email%5D=old%40example.com&data%5Blist_id%5D=93ab23d636',
    );
    expect(upemail).toMatchObject({ email: 'old+test@example.com', oldEmail: 'old@example.com' });
    const end = 'data[email]=a@x.example&data[list_id]=93ab23d636';
    const unsubscribe = 'type=unsubscribe&fired_at=2018-01-01+00:00:00';
    expect(read(`${unsubscribe}&data[reason]=manual&${end}`)).toMatchObject({ action: '', reason: 'manual' });
    expect(read(`${unsubscribe}&data[action]=unsub&${end}`)).toMatchObject({ action: 'unsub', reason: '' });
  });

  test.each([
    ['no type', 'fired_at=2026-01-02+03:04:05&data[list_id]=x'],
    [
      'a type of no list webhook',
      'type=batch_operation_completed&fired_at=2026-01-02+03:04:05&data[list_id]=x',
    ],
    ['a type every object has', 'type=toString&fired_at=2026-01-02+03:04:05&data[list_id]=x'],
    ['a type that is a group', 'type[a]=profile&fired_at=2026-01-02+03:04:05&data[list_id]=x'],
    ['no audience', 'type=profile&fired_at=2026-01-02+03:04:05&data[id]=x'],
    ['data that is a text', 'type=profile&fired_at=2026-01-02+03:04:05&data=x'],
    ['an audience that is a group', 'type=profile&fired_at=2026-01-02+03:04:05&data[list_id][x]=x'],
    ...[
      '',
      '2026-01-02',
      '2026-01-02T03:04:05Z',
      '1767323045',
      '2026-13-02 03:04:05',
      '2026-01-02 25:04:05',
    ].map(odd),
    ...['2026-02-30 03:04:05', '2026-01-02 24:00:00', '2026-01-02 03:04:05 -0500', '26-01-02 03:04:05'].map(
      odd,
    ),
  ])('with %s is no event', (_name, body) => {
    expect(read(body)).toBeUndefined();
  });

  test('of contacts who were deleted for good is known by their address, and of nobody else', () => {
    const of = (email: string): boolean => isForgotten({ ...read(BODY)!, email });
    expect(['x@forgotten.mailchimp.com', 'X@Forgotten.Mailchimp.COM'].map(of)).toEqual([true, true]);
    const others = [
      'x@mailchimp.com',
      'forgotten.mailchimp.com@x.example',
      'x@forgotten.mailchimp.com.evil.example',
      '',
    ];
    expect(others.map(of)).toEqual([false, false, false, false]);
  });
});

function odd(time: string): [string, string] {
  return [`the time “${time}”`, `type=profile&fired_at=${encodeURIComponent(time)}&data[list_id]=x`];
}

const BODY =
  'type=profile&fired_at=2026-01-02+03:04:05&data[email]=a@x.example&data[merges][A]=1&data[merges][B]=&data[list_id]=x';

describe('the key of an event', () => {
  test('is the same for the same body, and for the same fields in another order', () => {
    fc.assert(
      fc.property(fc.record(anyCase), fc.constantFrom(...ACTS), (one, [, act]) => {
        for (const event of said(one.email, one.merges, (a, list) => act(a, list, one))) {
          const body = formBody(event, AT);
          const key = eventKey(read(body)!);
          expect(key).toMatch(/^[0-9a-f]{16}$/);
          expect(eventKey(read(body)!)).toBe(key);
          expect(eventKey(read(body.split('&').reverse().join('&'))!)).toBe(key);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('is another one when the time or any one field is', () => {
    fc.assert(
      fc.property(fc.record(anyCase), fc.constantFrom(...ACTS), (one, [, act]) => {
        for (const event of said(one.email, one.merges, (a, list) => act(a, list, one))) {
          const told = read(formBody(event, AT))!;
          const { mergeFields, ...flat } = told;
          const others = Object.entries(flat).map(([name, value]) => ({ ...told, [name]: `${value}x` }));
          const merges = Object.keys({ ...mergeFields, MORE: '' }).map((tag) => ({
            ...told,
            mergeFields: { ...mergeFields, [tag]: `${String(mergeFields[tag])}x` },
          }));
          const later = read(formBody(event, AT + 1000))!;
          const keys = [told, later, ...others, ...merges].map((e) => eventKey(e as MemberEvent));
          expect(new Set(keys).size).toBe(keys.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
