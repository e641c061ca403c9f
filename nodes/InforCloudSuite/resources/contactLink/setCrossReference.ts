import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import { writeReferences } from '../../../../connectors/infor/wayBack';
import { readReference, type CrossReference } from '../../../../sync/crossReference';
import { MAX_ATTEMPTS } from '../../../../sync/ledger';
import { referenceKey, referenceRow } from '../../../../sync/referenceRow';
import { reasonText } from '../../../../sync/reasons';
import type { EffectResult, RunContext } from '../../../../sync/types';
import { crossReferenceFields } from '../../crossReference';
import { offers, openLine } from '../../line';
import type { Operation } from '../../operation';
import { sourceIn } from '../../../../sync/source';
import { linesWith, WORDS } from '../records/words';
import { earlierRows, flowName } from '../../../shared/options';
import { runContextOf } from '../../../shared/runContext';

interface Wish {
  item: number;
  number: string;
  reference: CrossReference;
  /** Of the customer's retry, from the ledger. */
  earlier: { attempts: number; retryOf: string };
  source: string;
}

/** Items without a cross-reference have nothing to store, which is the usual case of a run without news. */
function wishesOf(items: INodeExecutionData[]): Wish[] {
  return items.flatMap(({ json }, item) => {
    const reference = readReference(json.crossReference);
    const number = String(json.number ?? '').trim();
    const earlier = { attempts: Number(json.attempts ?? 0) || 0, retryOf: String(json.retryOf ?? '') };
    const source = sourceIn(json);
    return reference?.contactId && number ? [{ item, number, reference, earlier, source }] : [];
  });
}

/** Tried too often already, and nobody asked for it once more. */
const isSpent = ({ number, reference, earlier }: Wish, context: RunContext): boolean => {
  const key = referenceKey(number, reference);
  return earlier.retryOf !== key && (context.earlier?.get(key)?.attempts ?? 0) >= MAX_ATTEMPTS;
};

const UNAVAILABLE: EffectResult = { applied: false, reason: 'infor-unavailable', subject: '' };

/** The contacts are written by now: that has to reach the ledger, whatever becomes of the cross-references. */
function unavailable(error: unknown): Promise<Map<string, EffectResult>> {
  return error instanceof ConnectorError ? Promise.resolve(new Map()) : Promise.reject(error as Error);
}

function toItem(
  { item, number, reference, earlier, source }: Wish,
  result: EffectResult,
  context: RunContext,
): INodeExecutionData {
  const trouble = result.applied ? {} : { reason: result.reason, explanation: reasonText(result.reason) };
  const json = {
    outcome: result.applied ? 'done' : 'attention',
    number,
    ...trouble,
    crossReference: reference,
    ledger: [referenceRow({ number, source, reference }, result, context, earlier)],
  };
  return { json: json as unknown as IDataObject, pairedItem: { item } };
}

export const setCrossReference = (kind: 'customer' | 'supplier'): Operation => ({
  value: 'setCrossReference',
  name: 'Set Cross-Reference',
  action: `Set cross reference of ${WORDS[kind].many}`,
  description: 'Store what Mailchimp Sync says about the contact of a record: its ID and its preference',
  lines: linesWith(kind, 'contactLink'),
  properties: [
    crossReferenceFields,
    {
      displayName: 'Options',
      name: 'referenceOptions',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: [earlierRows, flowName],
    },
  ],
  execute: async () => [],
  async executeAll(node, gateway) {
    const wishes = wishesOf(node.getInputData());
    if (wishes.length === 0) return [];
    const options = node.getNodeParameter('referenceOptions', 0, {}) as IDataObject;
    const { type, line } = openLine(node, gateway, 0);
    // The contacts are written by now, and one template serves every product line.
    if (!offers(type, kind, 'contactLink')) {
      const message = `No cross-reference is kept: ${type.objects[kind].missing.contactLink ?? ''}`;
      node.addExecutionHints({ message, type: 'info', location: 'outputPane' });
      return [];
    }
    const context = runContextOf(node, {
      mode: 'apply',
      options,
      audienceId: wishes[0]!.reference.audienceId,
    });
    const due = wishes.filter((wish) => !isSpent(wish, context));
    const wanted = new Map(due.map(({ number, reference }) => [number, reference]));
    const results = await writeReferences(line.homes(kind), wanted).catch(unavailable);
    return due.map((wish) => toItem(wish, results.get(wish.number) ?? UNAVAILABLE, context));
  },
});
