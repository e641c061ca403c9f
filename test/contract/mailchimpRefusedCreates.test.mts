import fc from 'fast-check';
import { EMAIL, startWithAnna, STATES, type Anna } from '../support/mailchimpAnna.mts';

let anna: Anna;

beforeEach(async () => {
  anna = await startWithAnna();
});

afterEach(() => anna.mailchimp.close());

describe('a create that the server refuses by itself', () => {
  test.each(['subscribed', 'unsubscribed', 'cleaned', 'pending'] as const)(
    'changes nothing for a member who is %s and is no violation, but is counted',
    async (state) => {
      anna.bring(state);
      const before = anna.status();
      expect((await anna.send.POST('subscribed')).body['title']).toBe('Member Exists');
      const body = { members: [{ email_address: EMAIL, status: 'subscribed' }] };
      expect((await anna.api('POST', `/lists/${anna.list}`, body)).body).toMatchObject({
        errors: [{ error_code: 'ERROR_CONTACT_EXISTS' }],
      });
      expect(anna.status()).toBe(before);
      expect(anna.mailchimp.consentViolations).toEqual([]);
      expect(anna.mailchimp.refusedCreates).toMatchObject([
        { from: state, to: 'subscribed', via: 'single' },
        { from: state, to: 'subscribed', via: 'bulk' },
      ]);
    },
  );

  test('never brings back whoever was deleted permanently, until they sign up again', async () => {
    anna.bring('forgotten');
    expect((await anna.api('GET', anna.path)).status).toBe(404);
    const title = 'Forgotten Email Not Subscribed';
    expect((await anna.send.POST('subscribed')).body['title']).toBe(title);
    expect(
      (await anna.api('PUT', anna.path, { email_address: EMAIL, status_if_new: 'subscribed' })).body['title'],
    ).toBe(title);
    expect((await anna.send.bulk('subscribed')).body).toMatchObject({ error_count: 1 });
    expect(anna.mailchimp.refusedCreates).toHaveLength(3);
    anna.mailchimp.audiences.resubscribe(anna.list, EMAIL);
    expect((await anna.api('GET', anna.path)).body['status']).toBe('subscribed');
  });
});

describe('archiving', () => {
  test.each(['cleaned', 'pending', 'archived'] as const)('is refused with 405 for %s', async (state) => {
    anna.bring(state);
    const answer = await anna.api('DELETE', anna.path);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, PUT');
    expect(answer.body['detail']).toContain('Can not archive a contact that is bounced, pending or archived');
  });

  test.each(['subscribed', 'unsubscribed', 'transactional'] as const)('works for %s', async (state) => {
    anna.bring(state);
    expect((await anna.api('DELETE', anna.path)).status).toBe(204);
    expect(anna.status()).toBe('archived');
  });
});

describe('whatever is called in whatever order', () => {
  const anyCall = fc.record({
    call: fc.constantFrom('PUT', 'PATCH', 'POST', 'bulk', 'DELETE', 'fields'),
    status: fc.constantFrom('subscribed', 'unsubscribed', 'pending'),
    person: fc.constantFrom('nothing', 'nothing', 'unsubscribe', 'hardBounce', 'archiveByAdmin'),
  });

  test('no one comes back without a violation, and no violation is missed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...STATES),
        fc.array(anyCall, { maxLength: 6 }),
        async (state, steps) => {
          anna.bring(state);
          for (const { call, status, person } of steps) {
            if (person !== 'nothing') anna.mailchimp.audiences[person](anna.list, EMAIL);
            const before = anna.status();
            const known = anna.mailchimp.consentViolations.length;
            if (call === 'DELETE') await anna.api('DELETE', anna.path);
            else if (call === 'fields')
              await anna.api('PATCH', anna.path, { merge_fields: { FNAME: status } });
            else await anna.send[call](status);
            const sent =
              call !== 'DELETE' && call !== 'fields' && !(call === 'POST' && before !== 'archived');
            expect(anna.mailchimp.consentViolations.length - known).toBe(sent ? 1 : 0);
            if (before !== anna.status() && anna.status() !== 'archived') expect(sent).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
