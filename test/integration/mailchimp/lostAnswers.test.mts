import type { LedgerRow } from '../../../sync/types.ts';
import { customers, startScene, type Scene } from './sync.mts';

/** Writes that were made while no answer came: the ledger says in the end what is known of them, and no more. */

class Lab {
  readonly ledger = new Map<string, LedgerRow>();

  private constructor(readonly scene: Scene) {}

  /** The tests run side by side, because nearly all of their time is back-off. */
  static test =
    (task: (lab: Lab) => Promise<void>): (() => Promise<void>) =>
    async () => {
      const lab = new Lab(await startScene());
      try {
        await task(lab);
      } finally {
        await lab.scene.mailchimp.close();
      }
    };

  async run(count: number, name: string): Promise<void> {
    const open = [...this.ledger.values()].filter(({ status }) => status === 'failed');
    const input = customers(count, () => ({ name }));
    const ran = await this.scene.sync(input, {}, { earlierRows: JSON.stringify(open) });
    for (const row of [...ran.done, ...ran.skipped, ...ran.attention].flatMap((one) => one.ledger))
      this.ledger.set(row.effectKey, row);
  }

  told(kind: string): string[] {
    return [...this.ledger.values()]
      .filter((row) => row.kind === kind)
      .map(({ recordNumber, status, reason }) => [recordNumber, status, reason].join(' ').trim())
      .sort();
  }

  /** No write is answered. */
  silence(kind: 'reset-after' | 'reset-before'): void {
    this.scene.mailchimp.faults.add({ kind, times: 10_000, where: ({ method }) => method !== 'GET' });
  }
}

const numbers = (count: number, end: string): string[] =>
  Array.from({ length: count }, (_, i) => `Y${100_000 + i} ${end}`);

describe.each([
  ['contact by contact', 3],
  ['in bulk', 30],
])('%s', (_, count) => {
  test.concurrent(
    'contacts that were created without an answer are told as created, once they are found',
    Lab.test(async (lab) => {
      lab.silence('reset-after');
      await lab.run(count, 'Same');
      expect(lab.told('create')).toEqual(numbers(count, 'failed mailchimp-unavailable'));
      lab.scene.mailchimp.faults.clear();
      lab.scene.mailchimp.requests.clear();
      await lab.run(count, 'Same');
      expect(lab.scene.mailchimp.writeRequests()).toEqual([]);
      expect(lab.told('create')).toEqual(numbers(count, 'applied'));
      const created = lab.scene.mailchimp.writes.filter(({ action }) => action === 'create');
      expect(created.map(({ id }) => id).sort()).toEqual(
        [...lab.ledger.values()]
          .flatMap(({ kind, memberId }) => (kind === 'create' ? [memberId] : []))
          .sort(),
      );
    }),
    60_000,
  );

  test.concurrent(
    'an update without an answer, of which nothing is left to do, is told as just that',
    Lab.test(async (lab) => {
      await lab.run(count, 'Before');
      lab.silence('reset-after');
      await lab.run(count, 'After');
      expect(lab.told('update')).toEqual(numbers(count, 'failed mailchimp-unavailable'));
      lab.scene.mailchimp.faults.clear();
      await lab.run(count, 'After');
      expect(lab.told('update')).toEqual(numbers(count, 'superseded answer-lost'));
    }),
    60_000,
  );
});

test.concurrent(
  'contacts that were not created are created by the next run, and told once',
  Lab.test(async (lab) => {
    lab.silence('reset-before');
    await lab.run(3, 'Same');
    lab.scene.mailchimp.faults.clear();
    await lab.run(3, 'Same');
    expect(lab.told('create')).toEqual(numbers(3, 'applied'));
    expect(lab.scene.mailchimp.writes.filter(({ action }) => action === 'create')).toHaveLength(3);
  }),
  60_000,
);

test.concurrent(
  'somebody who signed up meanwhile was not created by us',
  Lab.test(async (lab) => {
    lab.silence('reset-before');
    await lab.run(3, 'Same');
    lab.scene.mailchimp.faults.clear();
    lab.scene.mailchimp.audiences.addMember(lab.scene.list, { email: 'y100001@customer.example' });
    await lab.run(3, 'Same');
    expect(lab.told('create')).toEqual([
      'Y100000 applied',
      'Y100001 superseded answer-lost',
      'Y100002 applied',
    ]);
    expect(lab.told('update')).toEqual(['Y100001 applied']);
  }),
  60_000,
);

test.concurrent(
  'a record that changed before the next run has a new effect, and the old one is not told as done',
  Lab.test(async (lab) => {
    lab.silence('reset-before');
    await lab.run(1, 'Before');
    lab.scene.mailchimp.faults.clear();
    await lab.run(1, 'After');
    expect(lab.told('create')).toEqual(['Y100000 applied', 'Y100000 superseded answer-lost']);
  }),
  60_000,
);

test.concurrent(
  'what was refused, and is there by another hand, was not written by us',
  Lab.test(async (lab) => {
    lab.scene.mailchimp.faults.add({
      ...{ kind: 'answer', method: 'PUT', status: 400, times: 10, path: /members/ },
      body: { title: 'Invalid Resource', status: 400, detail: 'No.' },
    });
    await lab.run(1, 'Same');
    expect(lab.told('create')).toEqual(['Y100000 quarantined refused-record']);
    lab.scene.mailchimp.faults.clear();
    lab.scene.mailchimp.audiences.addMember(lab.scene.list, {
      ...{ email: 'y100000@customer.example', mergeFields: { FNAME: 'Same', CUSTNO: 'Y100000' } },
    });
    // Opened again by a replay.
    for (const row of lab.ledger.values()) row.status = 'failed';
    await lab.run(1, 'Same');
    expect(lab.told('create')).toEqual(['Y100000 superseded']);
  }),
  60_000,
);
