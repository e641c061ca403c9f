import type { Fault } from '../../../sandbox/kit/faults.mts';

/** Everything that may befall one request and passes by itself. */
export const FAULTS: Array<[string, Fault]> = [
  [
    '429 without Retry-After',
    { kind: 'answer', status: 429, body: { title: 'Too Many Requests', status: 429 } },
  ],
  ['429 with Retry-After', { kind: 'answer', status: 429, headers: { 'retry-after': '0' } }],
  ['a bare 403', { kind: 'answer', status: 403, body: '<html>Access denied</html>' }],
  ['500', { kind: 'answer', status: 500, body: { title: 'Internal Server Error' } }],
  ['a 502 page', { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' }],
  ['504 after the work', { kind: 'answer-after', status: 504 }],
  ['a reset before the work', { kind: 'reset-before' }],
  ['a reset after the work', { kind: 'reset-after' }],
  ['half an answer', { kind: 'truncate' }],
];
