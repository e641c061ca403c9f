import fc from 'fast-check';
import { topOf } from '../../../sync/audit/chart.ts';
import { history } from '../../../sync/audit/history.ts';
import { historyPage } from '../../../sync/audit/historyPage.ts';
import { report } from '../../../sync/audit/report.ts';
import { reportPage } from '../../../sync/audit/reportPage.ts';
import { anyRows, auditOf, BEGIN, DAY, HOSTILE, LINK } from './scene.mts';

/** Elements that the pages are made of. */
const OWN =
  /^(!DOCTYPE|html|head|meta|title|style|body|main|h1|h2|p|strong|span|br|ul|li|div|table|caption|thead|tbody|tr|th|td|a|svg|desc|g|rect|line|text|footer)$/;
const namesOf = (html: string): string[] => [...html.matchAll(/<\/?([^\s>/]+)/g)].map((match) => match[1]!);
const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }));

test('whatever stands in a row stays text', () => {
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      const hostile = auditOf({
        ...{ effectKey: `k${a}`, flow: b, kind: c, recordNumber: a, memberId: b, source: c, reason: a },
        ...{ status: 'failed', attempts: 3, executionId: b, link: `javascript:${c}` },
        updatedAt: new Date(BEGIN).toISOString(),
      });
      const numbers = report([hostile, { ...hostile, status: 'applied' }], BEGIN, BEGIN + DAY);
      for (const html of [
        historyPage(history([hostile], { lookFor: `k${a}`, kind: 'effect' })),
        reportPage(b, numbers),
      ]) {
        expect(namesOf(html).filter((name) => !OWN.test(name))).toEqual([]);
        // Each attribute is one of ours, so that none was opened from within a value.
        const tags = html.slice(html.indexOf('<body>')).match(/<[a-z][^>]*>/g) ?? [];
        expect(tags.filter((tag) => /\son[a-z]+\s*=|javascript:/i.test(tag))).toEqual([]);
      }
    }),
  );
});

test('a link is made of an address of the web only', () => {
  const shown = (link: string) =>
    historyPage(history([auditOf({ link })], { lookFor: 'Y30000', kind: 'record' }));
  expect(shown(LINK)).toContain(`<a href="${LINK}"`);
  for (const link of [
    'javascript:alert(1)',
    ' https://x',
    'https://x" onclick="y',
    'data:text/html,x',
    '//x',
    '',
  ])
    expect(shown(link)).not.toContain('<a ');
});

test('a page needs nothing else: no script, nothing fetched', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      for (const html of [
        historyPage(history(rows, { lookFor: 'Y1', kind: 'record' })),
        reportPage('Report', report(rows, BEGIN, BEGIN + 21 * DAY)),
      ])
        expect(html).not.toMatch(/<(script|link|img|iframe|object)\b|url\(|@import|\ssrc=/i);
    }),
    { numRuns: 30 },
  );
});

test('the chart is named and described, and a table holds the same numbers', () => {
  const rows = [auditOf({ updatedAt: new Date(BEGIN).toISOString() })];
  const html = reportPage('Report', report(rows, BEGIN, BEGIN + 7 * DAY));
  expect(html).toMatch(/role="img" aria-labelledby="chart-title chart-desc"/);
  expect(html).toContain('<title id="chart-title">');
  expect(html).toContain('<th scope="row">2026-11-02</th><td class="n">1</td>');
});

test('the bars never leave the plot', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (most) => {
      const top = topOf(most);
      expect(top).toBeGreaterThanOrEqual(most);
      expect(top).toBeLessThanOrEqual(Math.max(4, most * 2.5));
    }),
  );
});

test('a long history shows its latest thousand rows, and says so', () => {
  const rows = Array.from({ length: 1200 }, () => auditOf({ recordNumber: 'Y5' }));
  const html = historyPage(history(rows, { lookFor: 'Y5', kind: 'record' }));
  expect(html).toContain('200 older rows not shown');
  expect(html.match(/<tr>/g)).toHaveLength(1001);
});
