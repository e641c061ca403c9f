import { accountKeyOf } from '../business.mts';
import { MiFailure, type Handler } from './engine.mts';

/** Lists begin at the key and go on to the next type of identities, as M3's lists do (assumed). */
const lstAccountID: Handler = ({ db }, record) => {
  const from = accountKeyOf({ AITP: record.AITP ?? '', AITM: record.AITM ?? '' });
  return db.business.accounts.sorted().filter((row) => accountKeyOf(row) >= from);
};

const getAccountID: Handler = ({ db }, record) => {
  const row = db.business.accounts.rows.get(accountKeyOf(record));
  if (!row) throw new MiFailure('XRE0103', 'AITM', 'Record does not exist');
  return [row];
};

export const CRS630MI: Record<string, Handler> = { GetAccountID: getAccountID, LstAccountID: lstAccountID };
