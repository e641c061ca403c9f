import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

const LOGIN = '={{ ($self["loginUrl"] || "https://login.mailchimp.com").trim().replace(/\\/+$/, "") }}';

const hidden = (name: string, value: string): INodeProperties => ({
  displayName: name,
  name,
  type: 'hidden',
  default: value,
});

/**
 * OAuth 2 with Mailchimp's authorization server: no scopes, the client's secret in the body, tokens that never end and
 * that nothing refreshes (mailchimp-events §2).
 */
export class MailchimpMarketingOAuth2Api implements ICredentialType {
  name = 'mailchimpMarketingOAuth2Api';

  extends = ['oAuth2Api'];

  displayName = 'Mailchimp Marketing OAuth2 API';

  icon: Icon = { light: 'file:../icons/mailchimpSync.svg', dark: 'file:../icons/mailchimpSync.dark.svg' };

  documentationUrl =
    'https://github.com/n8n-nodes-infor-mailchimp/n8n-nodes-infor-mailchimp/blob/main/docs/credentials.md#mailchimp-by-oauth2';

  properties: INodeProperties[] = [
    hidden('grantType', 'authorizationCode'),
    hidden('authUrl', `${LOGIN}/oauth2/authorize`),
    hidden('accessTokenUrl', `${LOGIN}/oauth2/token`),
    hidden('scope', ''),
    hidden('authQueryParameters', ''),
    hidden('authentication', 'body'),
    {
      displayName: 'Login URL',
      name: 'loginUrl',
      type: 'string',
      default: '',
      placeholder: 'e.g. https://proxy.example.com',
      description: 'Only for a proxy or a test server. Leave it empty for https://login.mailchimp.com.',
    },
  ];
}
