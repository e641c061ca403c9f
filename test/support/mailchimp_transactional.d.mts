/** The part of the official client that the contract tests use; the package brings no types. */
declare module '@mailchimp/mailchimp_transactional' {
  type Call = (body?: Record<string, unknown>) => Promise<unknown>;
  interface Client {
    basePath: string;
    users: { ping: Call; ping2: Call };
    webhooks: { list: Call; add: Call; info: Call; update: Call; delete: Call };
    messages: { send: Call; info: Call; search: Call };
    rejects: { list: Call; add: Call; delete: Call };
  }
  const connect: (apiKey: string) => Client;
  export default connect;
}
