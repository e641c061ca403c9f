import { EMAIL, startWithAnna, STATES, type Anna, type State } from '../support/mailchimpAnna.mts';

let anna: Anna;

beforeEach(async () => {
  anna = await startWithAnna();
});

afterEach(() => anna.mailchimp.close());

describe('a call without status', () => {
  test.each(STATES)('leaves a member who is %s as they are', async (state) => {
    anna.bring(state);
    const before = anna.status();
    const answer = await anna.api('PUT', anna.path, {
      email_address: EMAIL,
      status_if_new: 'subscribed',
      merge_fields: { FNAME: 'Anna' },
    });
    expect(answer.body).toMatchObject({ status: before, merge_fields: { FNAME: 'Anna' } });
    await anna.api('PATCH', anna.path, { merge_fields: { LNAME: 'Berg' } });
    await anna.api('POST', `${anna.path}/tags`, { tags: [{ name: 'Retail', status: 'active' }] });
    expect(anna.status()).toBe(before);
    expect(anna.mailchimp.consentViolations).toEqual([]);
  });
});

describe('a call with status subscribed', () => {
  const back: State[] = ['pending', 'transactional', 'unsubscribed by admin', 'archived'];
  const barred: State[] = ['unsubscribed', 'cleaned', 'archived opt-out', 'archived bounce'];

  test.each(
    back.flatMap((state) => (['PUT', 'PATCH', 'bulk'] as const).map((call) => [state, call] as const)),
  )('subscribes whoever is %s by %s, and is a violation', async (state, call) => {
    anna.bring(state);
    const from = anna.status();
    expect((await anna.send[call]('subscribed')).status).toBe(200);
    expect(anna.status()).toBe('subscribed');
    const via = call === 'bulk' ? 'bulk' : 'single';
    expect(anna.mailchimp.consentViolations).toEqual([
      { audience: anna.list, email: EMAIL, from, to: 'subscribed', via },
    ]);
  });

  test.each(barred.flatMap((state) => (['PUT', 'PATCH'] as const).map((call) => [state, call] as const)))(
    'is refused for whoever is %s by %s, and still a violation',
    async (state, call) => {
      anna.bring(state);
      const before = anna.status();
      const answer = await anna.send[call]('subscribed');
      expect(answer.body).toMatchObject({ status: 400, title: 'Member In Compliance State' });
      expect(answer.body).not.toHaveProperty('type');
      expect(anna.status()).toBe(before);
      expect(anna.mailchimp.consentViolations).toHaveLength(1);
    },
  );

  test.each(['error', 'ignore'] as const)(
    'in bulk, an opt-out ends as the setting %s says',
    async (treatment) => {
      anna.mailchimp.settings.bulkTreatsOptedOut = treatment;
      anna.bring('unsubscribed');
      const { body } = await anna.send.bulk('subscribed');
      expect(body).toMatchObject(
        treatment === 'error'
          ? { error_count: 1, errors: [{ error_code: 'ERROR_GENERIC' }], total_updated: 0 }
          : { error_count: 0, total_updated: 1, updated_members: [{ status: 'unsubscribed' }] },
      );
      expect(anna.status()).toBe('unsubscribed');
      expect(anna.mailchimp.consentViolations).toHaveLength(1);
    },
  );

  test('POST takes an archived contact back, with tags and values, and is a violation', async () => {
    anna.mailchimp.audiences.addMember(anna.list, {
      email: EMAIL,
      mergeFields: { FNAME: 'Anna' },
      tags: ['Retail'],
    });
    anna.mailchimp.audiences.archiveByAdmin(anna.list, EMAIL);
    expect((await anna.send.POST('subscribed')).body).toMatchObject({
      status: 'subscribed',
      full_name: 'Anna',
      tags: [{ name: 'Retail' }],
    });
    expect(anna.mailchimp.consentViolations).toMatchObject([{ from: 'archived', to: 'subscribed' }]);
  });

  test('the bulk create brings an archived contact back although update_existing is off', async () => {
    anna.bring('archived');
    const body = { members: [{ email_address: EMAIL, status: 'subscribed' }], update_existing: false };
    expect((await anna.api('POST', `/lists/${anna.list}`, body)).body).toMatchObject({ error_count: 0 });
    expect(anna.mailchimp.consentViolations).toMatchObject([{ from: 'archived', via: 'bulk' }]);
  });

  test('an archived opt-out may come back only where the setting says so', async () => {
    anna.mailchimp.settings.archivedOptOutCanReturn = true;
    anna.bring('archived opt-out');
    expect((await anna.send.PUT('subscribed')).status).toBe(200);
    anna.mailchimp.settings.patchUnarchives = false;
    anna.bring('archived');
    await anna.send.PATCH('subscribed');
    expect(anna.status()).toBe('archived');
  });

  test('writing unsubscribed over an archived opt-out does not wash it clean', async () => {
    anna.bring('archived opt-out');
    expect((await anna.send.PUT('unsubscribed')).body).toMatchObject({ status: 'unsubscribed' });
    expect((await anna.send.PUT('subscribed')).body['title']).toBe('Member In Compliance State');
  });

  test('a pending opt-out is no way round', async () => {
    anna.bring('unsubscribed');
    expect((await anna.send.PATCH('pending')).body).toMatchObject({ status: 'pending' });
    expect((await anna.send.PATCH('subscribed')).body['title']).toBe('Member In Compliance State');
    anna.mailchimp.audiences.resubscribe(anna.list, EMAIL);
    expect(anna.status()).toBe('subscribed');
  });
});
