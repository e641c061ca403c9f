import { ConnectorError } from '../../connectors/errors.ts';
import { listAudiences, listMergeFields, type Audience } from '../../connectors/mailchimp/audiences.ts';
import type { Mailchimp } from '../../connectors/mailchimp/api.ts';
import type { PingConfig } from './config.mts';
import { many, type Report } from './report.mts';
import { mailchimpOf } from './systems.mts';

/** Merge fields that template 01 fills. */
const TEMPLATE_FIELDS = ['FNAME', 'LNAME', 'PHONE', 'CUSTNO'];

export interface FoundAudience {
  mailchimp: Mailchimp;
  audience: Audience;
}

function chosen(audiences: Audience[], wanted: string): Audience {
  const found = wanted
    ? audiences.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase())
    : audiences;
  if (found.length === 1) return found[0]!;
  const names = audiences.map(({ name }) => name).join(', ') || 'none';
  throw new ConnectorError(
    'SYNC_SETTING',
    found.length === 0 ? 'The audience was not found.' : 'Several audiences fit.',
    `Name one under [mailchimp] audience. There are: ${names}.`,
  );
}

/** Asks Mailchimp, in order; the audience, where all went well. Nothing is written. */
export async function askMailchimp(
  config: PingConfig['mailchimp'],
  report: Report,
): Promise<FoundAudience | undefined> {
  report.heading('Mailchimp');
  const account = await report.ask(
    'key',
    async () => {
      const found = mailchimpOf(config);
      return { ...found, audiences: await listAudiences(found.mailchimp) };
    },
    ({ host, audiences }) => `accepted by ${host}; ${many(audiences.length, 'audience')}`,
  );
  if (!account) return undefined;
  const audience = await report.ask(
    'audience',
    async () => chosen(account.audiences, config.audience),
    ({ name, memberCount }) => `${name}, ${memberCount.toLocaleString('en')} subscribed`,
  );
  if (!audience) return undefined;
  const fields = await report.ask(
    'merge fields',
    () => listMergeFields(account.mailchimp, audience.id),
    (found) => found.map(({ tag }) => tag).join(', '),
  );
  if (!fields) return undefined;
  const missing = TEMPLATE_FIELDS.filter((tag) => !fields.some((field) => field.tag === tag));
  if (missing.length > 0)
    report.note('not there yet', `${missing.join(', ')}; template 01 adds what it needs`);
  return { mailchimp: account.mailchimp, audience };
}
