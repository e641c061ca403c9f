import * as fc from 'fast-check';
import type { HttpResponse } from '../../../connectors/http/port.ts';
import { accountError, contactRefusal, networkError } from '../../../connectors/mailchimp/problem.ts';
import { NetworkFailure } from '../../../connectors/http/port.ts';

const answer = (status: number, body: unknown): HttpResponse => ({ status, headers: {}, body });
const problem = (status: number, title: string, change: object = {}): HttpResponse =>
  answer(status, { title, status, detail: '', ...change });

test.each([
  ['Member Exists', 'exists'],
  ['Member In Compliance State', { reason: 'compliance-state', subject: '' }],
  ['Forgotten Email Not Subscribed', { reason: 'forgotten', subject: '' }],
])('“%s” is known by its title, without type and in any language', (title, refusal) => {
  fc.assert(
    fc.property(fc.string(), (detail) => {
      expect(contactRefusal(problem(400, title, { detail }))).toEqual(refusal);
    }),
  );
});

test('a refused value is blamed on its merge field, whatever language the message has', () => {
  const errors = [{ field: 'LTV', message: 'Bitte gib eine Zahl ein.' }];
  const expected = { reason: 'merge-value', subject: 'LTV' };
  expect(contactRefusal(problem(400, 'Invalid Resource', { errors }))).toEqual(expected);
  const nested = [{ field: 'merge_fields.LTV', message: 'Data did not match any of the schemas.' }];
  expect(contactRefusal(problem(400, 'Invalid Resource', { errors: nested }))).toEqual(expected);
});

test.each([
  ['Please provide a valid email address.', 'refused-email'],
  ['canary@one.example looks fake or invalid, please enter a real email address.', 'refused-email'],
  [
    'canary@one.example has signed up to a lot of lists very recently; we are not allowing more',
    'too-many-signups',
  ],
  ['Irgendetwas Neues.', 'refused-record'],
])('“%s” becomes %s, and the address stays out of it', (detail, reason) => {
  const refusal = contactRefusal(problem(400, 'Invalid Resource', { detail }));
  expect(refusal).toMatchObject({ reason });
  expect(JSON.stringify(refusal)).not.toContain('canary');
});

test('403 with JSON is a matter of rights, without JSON one of pace', () => {
  expect(accountError(problem(403, 'Forbidden'))?.errorCode).toBe('MAILCHIMP_FORBIDDEN');
  expect(accountError(answer(403, '<html>Access Denied</html>'))?.errorCode).toBe('MAILCHIMP_THROTTLED');
  expect(accountError(answer(403, ''))?.errorCode).toBe('MAILCHIMP_THROTTLED');
});

test('no answer of any kind is taken for a success unless it is one, and nothing of its text is repeated', () => {
  const body = fc.oneof(
    fc.constant('<p>canary@one.example</p>'),
    fc.constant({ title: 'Invalid Resource', detail: 'canary@one.example', instance: 'canary' }),
    fc.constant(''),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), body, (status, given) => {
      const error = accountError(answer(status, given));
      const isSuccess = status === 204 || (status < 300 && typeof given === 'object' && given !== null);
      expect(error === undefined).toBe(isSuccess);
      expect(JSON.stringify([error?.message, error])).not.toContain('canary');
    }),
  );
});

test('a lost connection says whether Mailchimp may have done the work', () => {
  expect(networkError(new NetworkFailure('ENOTFOUND')).errorCode).toBe('MAILCHIMP_DATA_CENTER');
  expect(networkError(new NetworkFailure('ECONNREFUSED')).errorCode).toBe('MAILCHIMP_UNREACHABLE');
  expect(networkError(new NetworkFailure('ECONNRESET')).errorCode).toBe('MAILCHIMP_UNAVAILABLE');
});
