import type { IExecuteFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';

/** @throws ConnectorError SYNC_SETTING */
export function audienceAt(node: IExecuteFunctions, item: number): string {
  const id = String(node.getNodeParameter('audience', item, '', { extractValue: true }) ?? '').trim();
  if (id) return id;
  throw new ConnectorError(
    'SYNC_SETTING',
    'No audience is chosen.',
    'Choose one under “Audience” in the node.',
  );
}
