import { AUDIENCE, change, contact, startScene, type Scene, deletion } from './scene.mts';

let scene: Scene;
let number: string;
let email: string;

beforeEach(async () => {
  scene = await startScene();
  number = 'Y90001';
  email = 'ada@customer.example';
  scene.ion.m3.addCustomer({ CUNO: number, CUNM: 'Ada AB', MAIL: email, PHNO: '111' });
  scene.ion.writes.length = 0;
});
afterEach(() => scene.ion.close());

const writes = () => scene.ion.writes.map(({ transaction }) => transaction);
const customer = () => scene.ion.m3.customers.get(number)!;

test('an unsubscription reaches the customer with the contact’s id, and its second delivery writes nothing', async () => {
  const left = contact(email, { status: 'unsubscribed' });
  const first = await scene.apply([change(left, number)]);
  expect(first.outcomes).toMatchObject([{ outcome: 'done', number, actions: ['crossReference'] }]);
  expect(scene.reference(number)).toEqual({
    A030: 'unsubscribed',
    A121: left.contactId,
    A130: left.memberId.slice(0, 30),
    A230: AUDIENCE,
  });
  const second = await scene.apply([change(left, number)]);
  expect(second.outcomes).toMatchObject([{ outcome: 'skipped', reason: 'already-known' }]);
  expect(writes()).toEqual(['AddFieldValue']);
});

test('a plan writes nothing and says exactly what apply does', async () => {
  const left = contact(email, { status: 'unsubscribed' });
  const planned = await scene.apply([change(left, number)], { mode: 'plan' });
  expect(writes()).toEqual([]);
  const applied = await scene.apply([change(left, number)]);
  expect(applied.outcomes[0]!.effects).toEqual(planned.outcomes[0]!.effects);
});

test('each customer of a shared address is told, and each is in the ledger', async () => {
  scene.ion.m3.addCustomer({ CUNO: 'Y90002', MAIL: email.toUpperCase() });
  const { outcomes } = await scene.apply([
    change(contact(email, { status: 'cleaned' }), number, 'Y90002', 'Y90003'),
  ]);
  expect(outcomes.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['done', ''],
    ['done', ''],
    ['skipped', 'customer-gone'],
  ]);
  const rows = outcomes.flatMap(({ ledger }) => ledger).filter(({ kind }) => kind === 'crossReference');
  expect(rows.map(({ recordNumber, status }) => [recordNumber, status])).toEqual([
    [number, 'applied'],
    ['Y90002', 'applied'],
  ]);
});

describe('fields of a contact that several customers share', () => {
  const backFields = { field: [{ tag: 'PHONE', field: 'PHNO' }] };
  const with$ = (PHONE: string) => contact(email, { mergeFields: { PHONE } });
  const phones = () => [number, 'Y90002'].map((one) => scene.ion.m3.customers.get(one)!.PHNO);
  const reasons = ({ outcomes }: Awaited<ReturnType<typeof scene.apply>>) =>
    outcomes.map(({ reason }) => reason);
  beforeEach(() => void scene.ion.m3.addCustomer({ CUNO: 'Y90002', MAIL: email, PHNO: '222' }));

  test('an edit goes to the first of them alone, and its repetition nowhere', async () => {
    const first = await scene.apply([change(with$('999'), number, 'Y90002')], { backFields });
    expect(phones()).toEqual(['999', '222']);
    expect(first.outcomes[1]).toMatchObject({ outcome: 'done', actions: ['crossReference'] });
    const before = writes();
    const again = await scene.apply([change(with$('999'), number, 'Y90002')], { backFields });
    expect(reasons(again)).toEqual(['already-known', 'shared-address']);
    expect(writes()).toEqual(before);
  });

  test('what another of them has is no edit', async () => {
    await scene.apply([change(with$('222'), number, 'Y90002')], { backFields });
    const again = await scene.apply([change(with$('222'), number, 'Y90002')], { backFields });
    expect(phones()).toEqual(['111', '222']);
    expect(reasons(again)).toEqual(['value-of-another', 'already-known']);
  });

  test.each([['Y90002'], ['Y90001']])('a replay for %s decides the same', async (recordNumber) => {
    for (const value of ['222', '999']) {
      await scene.apply([{ ...change(with$(value), number, 'Y90002'), recordNumber }], { backFields });
      expect(phones()).toEqual([recordNumber === number && value === '999' ? '999' : '111', '222']);
    }
  });
});

test('a contact that names somebody else’s customer changes nothing there', async () => {
  const { outcomes } = await scene.apply([change(contact('mallory@elsewhere.example'), number)]);
  expect(outcomes).toMatchObject([{ outcome: 'attention', reason: 'not-this-contact' }]);
  expect(writes()).toEqual([]);
});

describe('a new address of the contact', () => {
  const renamed = () => contact('ada@new.example', { contactId: contact(email).contactId });
  beforeEach(() => scene.apply([change(contact(email), number)]));

  test('goes into MAIL and keeps the other addresses there; a→b→a comes back', async () => {
    scene.ion.m3.changeCustomer(number, { MAIL: `boss@customer.example; ${email}` });
    await scene.apply([change(renamed(), number)]);
    expect(customer().MAIL).toBe('boss@customer.example; ada@new.example');
    await scene.apply([change(contact(email), number)]);
    expect(customer().MAIL).toBe(`boss@customer.example; ${email}`);
    const before = writes().length;
    await scene.apply([change(contact(email), number)]);
    expect(writes()).toHaveLength(before);
  });

  test('loses against CloudSuite’s own new address', async () => {
    scene.ion.m3.changeCustomer(number, { MAIL: 'ada@third.example' });
    const { outcomes } = await scene.apply([change(renamed(), number)]);
    expect(outcomes).toMatchObject([{ reason: 'address-changed-in-both' }]);
    expect(customer().MAIL).toBe('ada@third.example');
  });

  test('that does not fit is reported, never cut, and the preference is told all the same', async () => {
    const long = contact(`${'a'.repeat(45)}@new.example`, {
      contactId: contact(email).contactId,
      status: 'unsubscribed',
    });
    const { outcomes } = await scene.apply([change(long, number)]);
    expect(outcomes).toMatchObject([{ outcome: 'attention', reason: 'value-too-long' }]);
    expect(customer().MAIL).toBe(email);
    expect(scene.reference(number)).toMatchObject({ A030: 'unsubscribed' });
  });

  test('is only reported where the user wants that', async () => {
    const { outcomes } = await scene.apply([change(renamed(), number)], { addressChanges: 'report' });
    expect(outcomes).toMatchObject([{ outcome: 'attention', reason: 'address-change-reported' }]);
    expect(customer().MAIL).toBe(email);
  });

  test('goes into the e-mail repository where that is the home', async () => {
    scene.ion.m3.repository.set(`04|${number}`, email);
    await scene.apply([change(renamed(), number)], { emailHome: 'CRS111MI' });
    expect(scene.ion.m3.repository.get(`04|${number}`)).toBe('ada@new.example');
    expect(customer().MAIL).toBe(email);
  });

  test('goes to the one contact person who had the old one, with the profile', async () => {
    const person = (CNPE: string, EMAL: string) =>
      scene.ion.m3.contacts.set(CNPE, {
        CNPE,
        STAT: '20',
        NAMF: 'A',
        NAMS: 'B',
        EMRE: number,
        EMAL,
      } as never);
    person('P1', email);
    person('P2', 'other@customer.example');
    const member = { ...renamed(), mergeFields: { FNAME: 'Ada' } };
    await scene.apply([change(member, number)], {
      emailHome: 'CRS618MI',
      backFields: { field: [{ tag: 'FNAME', field: 'NAMF' }] },
    });
    expect(scene.ion.m3.contacts.get('P1')).toMatchObject({ EMAL: 'ada@new.example', NAMF: 'Ada' });
    expect(scene.ion.m3.contacts.get('P2')).toMatchObject({ EMAL: 'other@customer.example', NAMF: 'A' });
  });
});

test('only the mapped fields flow back, only where they differ, and an empty value empties nothing', async () => {
  const backFields = {
    field: [
      { tag: 'PHONE', field: 'PHNO' },
      { tag: 'ADDRESS.city', field: 'TOWN' },
    ],
  };
  const edit = (mergeFields: Record<string, unknown>) =>
    scene.apply([change(contact(email, { mergeFields: mergeFields as never }), number)], { backFields });
  await edit({ PHONE: '222', FNAME: 'X', ADDRESS: { city: 'Lund' } });
  expect(customer()).toMatchObject({ PHNO: '222', TOWN: 'Lund', CUNM: 'Ada AB' });
  const changed = scene.ion.writes.find(({ transaction }) => transaction === 'ChgBasicData')!;
  expect(Object.keys(changed.record).sort()).toEqual(['CUNO', 'PHNO', 'TOWN']);
  const before = writes().length;
  await edit({ PHONE: '', ADDRESS: { city: 'Lund' } });
  expect(customer().PHNO).toBe('222');
  expect(writes()).toHaveLength(before);
});

test('a deleted contact stays on the customer as deleted, so that no sync adds the person again', async () => {
  await scene.apply([change(contact(email), number)]);
  await scene.apply([deletion('other@customer.example', number)]);
  expect(scene.reference(number)).toMatchObject({ A030: 'subscribed' });
  await scene.apply([deletion(email, number)]);
  expect(scene.reference(number)).toMatchObject({ A030: 'deleted', A121: contact(email).contactId });
});
