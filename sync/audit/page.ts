const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML, in elements and in quoted attributes. Control characters, which HTML does not allow, become spaces. */
export const escaped = (text: string | number): string =>
  String(text)
    .replace(/[^\t\n\r\u0020-\u007e\u00a0-\ufffd\u{10000}-\u{10ffff}]/gu, ' ')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);

const WEB_ADDRESS = /^http[s]?:\/\/[^\s"'<>\\]+$/i;

/** A link that opens beside the page; the bare text where the address is none of the web. */
export const linked = (address: string, text: string): string =>
  WEB_ADDRESS.test(address)
    ? `<a href="${escaped(address)}" target="_blank" rel="noopener noreferrer">${escaped(text)}</a>`
    : escaped(text);

/** Mail programs know no variables of CSS, so each colour is named twice: for light and for dark. */
const STYLE = `
body{display:block;margin:0;padding:32px 16px;background:#f4f6f9;color:#1b2430;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{display:block;max-width:960px;margin:0 auto;text-align:left}
h1{margin:0 0 4px;font-size:25px;line-height:1.25;font-weight:650;overflow-wrap:anywhere}
h2{margin:36px 0 12px;font-size:18px;line-height:1.3;font-weight:650}
p{margin:0 0 8px}
ul{margin:4px 0 0;padding:0 0 0 20px}
li{margin:0 0 4px}
a{color:#1b5fa8}
.muted{color:#5a6675}
.small{font-size:13px}
.card{margin:20px 0 0;padding:18px 20px;background:#ffffff;border:1px solid #d8dee6;border-radius:10px}
.scroll{overflow-x:auto;background:#ffffff;border:1px solid #d8dee6;border-radius:10px}
table{width:100%;border-collapse:collapse;font-size:14px}
.when{white-space:nowrap}
.scroll table{min-width:560px}
caption{padding:10px 14px;text-align:left;color:#5a6675;font-size:13px}
th,td{padding:10px 14px;text-align:left;vertical-align:top;border-bottom:1px solid #e6eaf0;overflow-wrap:anywhere}
th{font-weight:600;color:#5a6675;font-size:13px;overflow-wrap:normal}
tbody th{color:inherit;font-size:14px;font-weight:400}
tr:last-child>td,tbody tr:last-child>th{border-bottom:0}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.badge{display:inline-block;padding:1px 9px;border-radius:99px;font-size:12.5px;font-weight:600;white-space:nowrap}
.done{background:#dcebf9;color:#154a80}
.attention{background:#fde6cc;color:#7f4100}
.skipped{background:#e8ebef;color:#46505c}
.big{display:block;font-size:26px;line-height:1.2;font-weight:650;font-variant-numeric:tabular-nums}
.numbers td{width:25%;border-bottom:1px solid #e6eaf0}
svg{display:block;width:100%;height:auto}
.axis{fill:#5a6675;font-size:12px}
.grid{stroke:#e1e6ec;stroke-width:1}
.b-done{fill:#2f74b8}.b-attention{fill:#e08a2e}.b-skipped{fill:#aab3be}
.key{display:inline-block;margin:0 18px 0 0;font-size:13px}
.key svg{display:inline-block;width:12px;height:12px;margin:0 6px 0 0;vertical-align:-1px}
footer{margin:36px 0 0;color:#5a6675;font-size:13px}
@media (prefers-color-scheme:dark){
body{background:#12171e;color:#e6ebf2}
a{color:#82b9f2}
.muted,caption,th,footer{color:#a0adbc}
.card,.scroll{background:#1b222c;border-color:#313b48}
th,td,.numbers td{border-color:#2b3541}
.done{background:#173a5e;color:#b9dbff}.attention{background:#553409;color:#ffd6a3}.skipped{background:#323c48;color:#cdd6e0}
.axis{fill:#a0adbc}.grid{stroke:#2b3541}
.b-done{fill:#5aa2e8}.b-attention{fill:#f0a04b}.b-skipped{fill:#66717e}
}
@media print{body{background:#ffffff;padding:0}.card,.scroll{break-inside:avoid}}
`.trim();

/** One document that needs nothing else: no script, no picture, nothing fetched. */
export const page = (title: string, body: string): string =>
  `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
<footer>From the ledger of n8n-nodes-infor-mailchimp. It holds numbers, ids and hashes: no names and no addresses. Times are UTC.</footer>
</main>
</body>
</html>
`;

export interface Column {
  title: string;
  /** Whether its cells are numbers. */
  number?: boolean;
}

/** A table whose first column names the row. Cells are HTML already. */
export function table(caption: string, columns: Column[], rows: string[][]): string {
  const head = columns.map(
    ({ title, number }) => `<th scope="col"${number ? ' class="n"' : ''}>${escaped(title)}</th>`,
  );
  const cell = (html: string, index: number): string =>
    index === 0
      ? `<th scope="row">${html}</th>`
      : `<td${columns[index]!.number ? ' class="n"' : ''}>${html}</td>`;
  const body = rows.map((cells) => `<tr>${cells.map(cell).join('')}</tr>`);
  return `<div class="scroll"><table cellspacing="0"><caption>${escaped(caption)}</caption>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
}
