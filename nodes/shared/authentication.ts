import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

export const BY_KEY = 'mailchimpMarketingApi';
export const BY_LOGIN = 'mailchimpMarketingOAuth2Api';

const shownFor = (authentication: string) => ({ show: { authentication: [authentication] } });

/** The credentials of every Mailchimp node. */
export const mailchimpCredentials: INodeCredentialDescription[] = [
  { name: BY_KEY, required: true, displayOptions: shownFor('apiKey') },
  { name: BY_LOGIN, required: true, displayOptions: shownFor('oAuth2') },
];

/** The parameter “Authentication” of every Mailchimp node. */
export const authenticationProperty: INodeProperties = {
  displayName: 'Authentication',
  name: 'authentication',
  type: 'options',
  options: [
    { name: 'API Key', value: 'apiKey' },
    { name: 'OAuth2', value: 'oAuth2' },
  ],
  default: 'apiKey',
};
