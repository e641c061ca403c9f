import { join } from 'node:path';
import { readTemplate, startLab, SWEEP_TEMPLATE, type Lab } from '../../sandbox/lab.mts';
import { errorOf, itemsOf } from '../../sandbox/n8n/execution.mts';
import type { WorkflowFile } from '../../sandbox/n8n/rest.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ folder: join(HOMES, 'e2e-oauth'), seed: 3, customers: 5 });
});
afterAll(() => lab?.stop());

/** The sweep over everybody, with OAuth2 chosen in its Mailchimp nodes. */
function byOAuth(file: WorkflowFile, credential: { id: string; name: string }): WorkflowFile {
  const nodes = file.nodes.map((node) =>
    node.type.endsWith('.mailchimpSync')
      ? {
          ...node,
          parameters: { ...node.parameters, contactOptions: {}, authentication: 'oAuth2' },
          credentials: { mailchimpMarketingOAuth2Api: credential },
        }
      : node,
  );
  return { ...file, nodes };
}

test('Mailchimp is connected by OAuth2 in a real n8n, and the sweep runs with it', async () => {
  const { mailchimp, audience } = lab.world;
  const redirectUri = `${lab.n8n.url}/rest/oauth2-credential/callback`;
  mailchimp.oauth.apps.push({ clientId: 'app', clientSecret: 'shh', redirectUri });
  const credential = await lab.api.createCredential({
    name: 'Mailchimp by OAuth2',
    type: 'mailchimpMarketingOAuth2Api',
    data: { clientId: 'app', clientSecret: 'shh', loginUrl: mailchimp.url },
  });
  await lab.api.connect(credential);
  mailchimp.audiences.addMember(audience.id, { email: 'anna@oauth.example' });
  const workflow = await lab.api.importWorkflow(byOAuth(readTemplate(SWEEP_TEMPLATE), credential));
  const execution = await lab.api.run(workflow, 'Run Now');
  expect(errorOf(execution)).toBe('');
  expect(itemsOf(execution, 'Get Changed Contacts')).toMatchObject([
    { member: { email: 'anna@oauth.example' } },
  ]);
  const urls = mailchimp.requests.all.map(({ path, query }) => path + JSON.stringify(query)).join();
  expect(urls).not.toContain('access_token');
});
