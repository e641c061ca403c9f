import type { INodeCredentialDescription } from 'n8n-workflow';
import { mailchimpCredentials } from '../../shared/authentication';
import { TRANSACTIONAL_CREDENTIAL } from '../../shared/transactional';

const ofMessages = { resource: ['message'] };

/** Messages belong to Mailchimp Transactional, which has a key of its own. */
export const credentials: INodeCredentialDescription[] = [
  ...mailchimpCredentials.map(({ displayOptions, ...one }) => ({
    ...one,
    displayOptions: { ...displayOptions, hide: ofMessages },
  })),
  { name: TRANSACTIONAL_CREDENTIAL, required: true, displayOptions: { show: ofMessages } },
];
