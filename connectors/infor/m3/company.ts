import { ConnectorError } from '../../errors';
import type { Mi } from './mi';

/** EXPORTMI reads all companies, so the condition has to name one: the given one, or the user's own (MNS150MI). */
export async function companyNumber(mi: Mi, given: string): Promise<number> {
  if (given !== '') return Number(given);
  const [user] = await mi.call({ program: 'MNS150MI', transaction: 'GetUserData', record: {} });
  const company = Number(user?.CONO ?? '');
  if (company > 0) return company;
  throw new ConnectorError(
    'INFOR_SETTING',
    'M3 does not tell the company of its user (MNS150MI/GetUserData).',
    'Enter the company in the node.',
  );
}
