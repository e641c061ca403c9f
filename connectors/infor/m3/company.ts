import { ConnectorError } from '../../errors';
import type { Mi } from './mi';

/** Where the M3 user of the service account works. */
export interface Place {
  company: number;
  /** '' where it works in no division. */
  division: string;
  decimalCharacter: '.' | ',';
}

/** MNS150MI/GetUserData. @throws ConnectorError INFOR_SETTING when M3 does not tell the company */
async function userPlace(mi: Mi): Promise<Place> {
  const [user] = await mi.call({ program: 'MNS150MI', transaction: 'GetUserData', record: {} });
  const company = Number(user?.CONO ?? '');
  if (company > 0)
    return { company, division: user?.DIVI ?? '', decimalCharacter: user?.DCFM === ',' ? ',' : '.' };
  throw new ConnectorError(
    'INFOR_SETTING',
    'M3 does not tell the company of its user (MNS150MI/GetUserData).',
    'Enter the company in the node.',
  );
}

/** EXPORTMI reads all companies, so the condition has to name one: the given one, or the user's own (MNS150MI). */
export const companyNumber = async (mi: Mi, given: string): Promise<number> =>
  given === '' ? (await userPlace(mi)).company : Number(given);

/** What the settings leave out is the user's own. */
export async function placeOf(mi: Mi, given: { company: string; division: string }): Promise<Place> {
  const own = await userPlace(mi);
  return {
    ...own,
    company: given.company === '' ? own.company : Number(given.company),
    division: given.division || own.division,
  };
}
