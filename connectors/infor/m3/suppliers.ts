import type { CrossReference } from '../../../sync/crossReference';
import type { Party } from '../../../sync/party';
import { EMPTY_REFERENCE, toParty } from '../canonical';
import { splitAddresses } from '../emails';
import type { Row } from '../homes';
import type { ReadOptions, RecordQuery } from '../productLine';
import { readReferences } from '../wayBack';
import { addressReader, type AddressReader } from './addresses';
import { checkFilter, matches } from './filter';
import type { M3Settings } from './settings';
import { supplierHomes } from './partyHomes';
import type { Mi, MiCall } from './mi';
import { pagesOf } from './pages';
import { statusOf } from './party';
import { readSupplierAddresses, readSupplierBasics, readSupplierReferences } from './supplierDetails';

const NAMES = {
  ...{ number: 'SUNO', name: 'SUNM', phone: 'PHNO', taxId: 'VRNO', language: 'LNCD', country: 'CSCD' },
  ...{ line1: 'ADR1', line2: 'ADR2', city: 'TOWN', state: 'ECAR', postalCode: 'PONO' },
};

type Emails = (numbers: string[]) => Promise<Map<string, string[]>>;

const byReferences =
  (mi: Mi): Emails =>
  async (numbers) => {
    const rows = await readSupplierReferences(mi, numbers);
    return new Map(
      [...rows].map(([number, list]) => [number, list.flatMap(({ EMAL = '' }) => splitAddresses(EMAL))]),
    );
  };

/** CRS111MI/Get, 100 a call, by supplier number. */
function byRepository(mi: Mi, settings: M3Settings): Emails {
  const read: AddressReader = addressReader('repositoryGet', mi, {
    ...settings,
    emailType: settings.supplierEmailType,
  });
  return (numbers) => read(numbers.map((CUNO) => ({ CUNO })));
}

interface Readers {
  emails: Emails;
  references(numbers: string[]): Promise<Map<string, CrossReference>> | undefined;
  activeStatuses: string[];
}

const readersOf = (mi: Mi, options: ReadOptions, settings: M3Settings): Readers => ({
  emails: options.emailHome === 'CRS111MI' ? byRepository(mi, settings) : byReferences(mi),
  references: (numbers) =>
    options.withCrossReference ? readReferences(supplierHomes(mi, settings), numbers) : undefined,
  activeStatuses: options.activeStatuses,
});

/** The postal address is the first of the supplier's; LstSuppliers and GetBasicData hold none (CRS622). */
async function complete(mi: Mi, listed: Row[], readers: Readers): Promise<Party[]> {
  const numbers = listed.map(({ SUNO = '' }) => SUNO);
  if (numbers.length === 0) return [];
  const [basics, addresses, emails, references] = await Promise.all([
    readSupplierBasics(mi, numbers),
    readSupplierAddresses(mi, numbers),
    readers.emails(numbers),
    readers.references(numbers),
  ]);
  return listed
    .filter(({ SUNO = '' }) => basics.has(SUNO))
    .map((row) => {
      const number = row.SUNO!;
      const { ADR1 = '', ADR2 = '', TOWN = '', PONO = '' } = addresses.get(number)?.[0] ?? {};
      const raw: Row = { ...row, ...basics.get(number), ADR1, ADR2, TOWN, PONO };
      return toParty('supplier', raw, NAMES, {
        emails: emails.get(number) ?? [],
        status: statusOf(raw.STAT ?? '', readers.activeStatuses),
        financialStatus: 'unknown',
        modifiedAt: '',
        ...(references ? { crossReference: references.get(number) ?? EMPTY_REFERENCE } : {}),
      });
    });
}

/** CRS620MI/LstSuppliers begins at FRSU and knows LMTS; what it lacks comes in bulk calls, 100 suppliers each. */
export async function* listSuppliers(
  mi: Mi,
  query: RecordQuery,
  settings: M3Settings,
): AsyncGenerator<Party[]> {
  const readers = readersOf(mi, query, settings);
  const list: MiCall = {
    program: 'CRS620MI',
    transaction: 'LstSuppliers',
    record: {
      ...(query.startAfter ? { FRSU: query.startAfter } : {}),
      ...(query.changedSince ? { LMTS: query.changedSince } : {}),
    },
  };
  let left = query.limit ?? Infinity;
  for await (const rows of pagesOf(mi, list, 'SUNO', 'FRSU')) {
    checkFilter(rows[0], query.filter, 'CRS620MI/LstSuppliers');
    const wanted = rows.filter((row) => matches(row, query.filter)).slice(0, left);
    left -= wanted.length;
    yield await complete(mi, wanted, readers);
    if (left <= 0) return;
  }
}

/** CRS620MI/GetBasicData; undefined when M3 does not know the number. */
export async function getSupplier(
  mi: Mi,
  number: string,
  options: ReadOptions,
  settings: M3Settings,
): Promise<Party | undefined> {
  const [party] = await complete(mi, [{ SUNO: number }], readersOf(mi, options, settings));
  return party;
}
