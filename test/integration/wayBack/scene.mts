import type { IDataObject } from 'n8n-workflow';
import type { Member } from '../../../sync/member.ts';
import { memberIdOf } from '../../../sync/email.ts';
import type { RecordOutcome } from '../../../sync/types.ts';
import { startScene as startInfor, type Scene as InforScene } from '../infor/scene.mts';

/** One M3 tenant, and the operation that tells customers what their contacts did, inside n8n's engine. */
export interface Scene extends InforScene {
  apply(items: IDataObject[], parameters?: Record<string, unknown>): Promise<Applied>;
  /** The customer's custom fields: preference, contact id, address hash, audience. */
  reference(number: string): Record<string, string> | undefined;
}

export interface Applied {
  outcomes: RecordOutcome[];
  error?: Error;
}

export const AUDIENCE = 'a1b2c3d4e5';

export const contact = (email: string, change: Partial<Member> = {}): Member => ({
  audienceId: AUDIENCE,
  contactId: memberIdOf(`contact of ${email}`),
  memberId: memberIdOf(email),
  email,
  status: 'subscribed',
  mergeFields: {},
  lastChanged: '2026-11-01T00:00:00+00:00',
  ...change,
});

export const change = (member: Member | null, ...customerNumbers: string[]): IDataObject =>
  ({ event: { type: 'profile' }, member, customerNumbers }) as unknown as IDataObject;

/** What the trigger says of a contact that was deleted. */
export const deletion = (email: string, ...customerNumbers: string[]): IDataObject => ({
  event: { type: 'unsubscribe' },
  member: null,
  customerNumbers,
  deletedMemberId: memberIdOf(email),
});

export async function startScene(): Promise<Scene> {
  const infor = await startInfor();
  return {
    ...infor,
    apply: async (items, parameters = {}) => {
      const result = await infor.run(
        { resource: 'customer', operation: 'applyContact', mode: 'apply', ...parameters },
        { input: items },
      );
      const outcomes = (result.outputs[0] ?? []).map(({ json }) => json as unknown as RecordOutcome);
      return { outcomes, error: result.error };
    },
    reference: (number) => {
      const row = [...infor.ion.m3.customFields.values()].find(
        ({ FILE, PK01 }) => FILE === 'OCUSMA' && PK01 === number,
      );
      return (
        row && { A030: row.A030 ?? '', A121: row.A121 ?? '', A130: row.A130 ?? '', A230: row.A230 ?? '' }
      );
    },
  };
}
