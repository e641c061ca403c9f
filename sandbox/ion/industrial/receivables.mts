import type { Row } from '../../data/business.mts';
import type { IndustrialDatabase } from './database.mts';
import { parseFilter } from './filter.mts';

/** Properties of the two IDOs and the most characters of each; assumed but for CustNum, InvNum, Type and Amount. */
const LENGTHS: Record<string, number> = {
  ...{ CustNum: 7, InvNum: 12, Type: 1, InvDate: 24, CurrCode: 3, Amount: 21, Freight: 21, SalesTax: 21 },
  ...{ MiscCharges: 21, Description: 40 },
};

export const RECEIVABLE_IDOS = { SLArinvs: true, SLArtrans: true };

type Ido = keyof typeof RECEIVABLE_IDOS;
type Query = Record<string, string>;

interface Change {
  Action?: number;
  Properties?: Array<{ Name?: string; Value?: string | null; Modified?: boolean; IsNull?: boolean }>;
}

const failed = (Message: string) => ({ Items: null, Message, Success: false });

export function loadReceivables(db: IndustrialDatabase, ido: string, query: Query) {
  const knows = (name: string): boolean => Object.hasOwn(LENGTHS, name);
  const unknown = (query.properties ?? '').split(',').find((name) => name !== '*' && !knows(name.trim()));
  if (unknown !== undefined) return failed(`Property ${unknown} not found on IDO ${ido}`);
  const matches = parseFilter(query.filter ?? '', knows);
  const rows = [...db.receivables[ido as Ido].values()].filter(matches);
  return {
    Items: rows.map((row, i) => ({ ...row, _ItemId: `PBT=[artran] id=[${i}]` })),
    Bookmark: '<B/>',
    MoreRowsExist: false,
    Success: true,
    Message: null,
  };
}

const AMOUNT = /^-?\d{1,18}(\.\d{1,8})?$/;

function problemOf(db: IndustrialDatabase, row: Row): string | undefined {
  const misfit = Object.entries(row).find(([name, value]) => value.length > (LENGTHS[name] ?? -1));
  if (misfit)
    return Object.hasOwn(LENGTHS, misfit[0])
      ? `[Length: ${misfit[1].length}] is not valid for ${misfit[0]}`
      : `Property ${misfit[0]} not found on IDO SLArinvs`;
  const number = (row.CustNum ?? '').trim();
  if (!db.table('customer').has(number) || db.padded(number) !== row.CustNum)
    return 'Customer that has [Customer: ] does not exist.';
  if (!['I', 'C', 'D'].includes(row.Type ?? '')) return 'Type is not valid.';
  if (!/^\d{8} \d\d:\d\d:\d\d\.\d{3}$/.test(row.InvDate ?? '')) return 'InvDate is not a date.';
  const wrong = ['Amount', 'Freight', 'SalesTax', 'MiscCharges'].find(
    (name) => !AMOUNT.test(row[name] ?? ''),
  );
  if (wrong) return `${wrong} is not a number.`;
  const { SLArinvs, SLArtrans } = db.receivables;
  if (SLArinvs.has(row.InvNum!) || SLArtrans.has(row.InvNum!))
    return 'The A/R Invoice that has [Invoice: ] already exists.';
  return undefined;
}

export function insertReceivable(db: IndustrialDatabase, ido: string, body: { Changes?: Change[] }) {
  const [change] = body.Changes ?? [];
  if (ido !== 'SLArinvs' || change?.Action !== 1) return failed('Action is not supported here');
  const row: Row = Object.fromEntries(
    (change.Properties ?? [])
      .filter(({ Modified }) => Modified)
      .map(({ Name = '', Value, IsNull }): [string, string] => [Name, IsNull ? '' : String(Value ?? '')]),
  );
  const problem = problemOf(db, row);
  if (problem) return failed(problem);
  db.receivables.SLArinvs.set(row.InvNum!, row);
  return { Message: null, Success: true, RefreshItems: null };
}
