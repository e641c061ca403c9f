import type { IWebhookFunctions } from 'n8n-workflow';
import { sameSecret } from '../../sync/signature';

const headerOf = (context: IWebhookFunctions, name: string): string => {
  const value = context.getHeaderData()[name.toLowerCase()];
  return typeof value === 'string' ? value : '';
};

/** Compared in constant time. Without a credential, or with an empty one, nobody is let in. */
export async function isAuthentic(context: IWebhookFunctions): Promise<boolean> {
  if (context.getNodeParameter('authentication', 'basicAuth') === 'headerAuth') {
    const { name = '', value = '' } = await context.getCredentials<{ name?: string; value?: string }>(
      'httpHeaderAuth',
    );
    return name !== '' && sameSecret(headerOf(context, name), value);
  }
  const { user = '', password = '' } = await context.getCredentials<{ user?: string; password?: string }>(
    'httpBasicAuth',
  );
  const given = /^Basic (.+)$/i.exec(headerOf(context, 'authorization'))?.[1] ?? '';
  const expected = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  return user !== '' && password !== '' && sameSecret(given, expected);
}

/** No tenant is named in the node: each may come. */
export const isOurTenant = (context: IWebhookFunctions, wanted: string): boolean =>
  wanted === '' || headerOf(context, 'x-tenantid') === wanted;
