import type { FastifyInstance, FastifyReply } from 'fastify';
import type { App, Tokens } from './login.mts';
import type { IonSettings } from './settings.mts';

/** The gateway's own refusal; its form is not documented (infor §2.12), clients must bear both. */
export function refuse(
  reply: FastifyReply,
  settings: IonSettings,
  status: number,
  message: string,
): FastifyReply {
  if (settings.gatewayErrorStyle === 'json')
    return reply.code(status).send({ error: { code: String(status), message } });
  return reply
    .code(status)
    .type('text/html')
    .send(`<html><body><h1>${status}</h1><p>${message}</p></body></html>`);
}

/** Everything below the tenant needs a valid token (infor §2.9). Register after recordRequests: refusals count. */
export function guard(server: FastifyInstance, app: App, tokens: Tokens, settings: IonSettings): void {
  server.addHook('preHandler', async (request, reply) => {
    const tenant = request.url.split('/')[1];
    if (tenant !== app.tenant) return refuse(reply, settings, 404, 'Unknown tenant');
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    return token && tokens.isValid(token)
      ? undefined
      : refuse(reply, settings, 401, 'Token missing, invalid or expired');
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, settings, 404, 'No such API'));
  server.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) =>
    refuse(reply, settings, error.statusCode ?? 500, error.message),
  );
}
