// Pieces of HTML that all pages share.

/** Text as it may stand in HTML. */
export const escape = text => String(text ?? '')
  .replace(/[&<>"]/g, char => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char]);

/** A table, or nothing where there are no rows; cells are HTML. */
export function table(heads, rows, kind = '') {
  if (rows.length === 0) return '';
  const row = (cells, tag) => `<tr>${cells.map(cell => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<div class="wide"><table class="${kind}"><thead>${row(heads, 'th')}</thead>`
    + `<tbody>${rows.map(cells => row(cells, 'td')).join('\n')}</tbody></table></div>`;
}

/** A section with a heading, or nothing where it would be empty. */
export const section = (id, title, content) =>
  (content === '' ? '' : `<section id="${id}"><h2>${escape(title)}</h2>${content}</section>`);

export const code = text => `<code>${escape(text)}</code>`;

/** Something that opens: JSON, for the most part. */
export const fold = (summary, json) =>
  `<details><summary>${summary}</summary><pre>${escape(JSON.stringify(json, null, 2))}</pre></details>`;

export function page(title, nav, body, toc = []) {
  const jumps = toc.length === 0 ? ''
    : `<p class="toc">${toc.map(([id, text]) => `<a href="#${id}">${escape(text)}</a>`).join('')}</p>`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · 妇幼健康与县域医共体 FHIR 实施指南</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<nav>${nav}</nav>
<main>${jumps}${body}</main>
</body>
</html>
`;
}

export const STYLE = `
:root { --ink: #1d2733; --soft: #5b6b7c; --line: #dde4ea; --paper: #fff; --side: #f4f7f9; --link: #0b62a8; --ms: #a3172c; }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr); color: var(--ink); background: var(--paper);
  font: 15px/1.65 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei", sans-serif; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
nav { background: var(--side); border-right: 1px solid var(--line); padding: 1.2rem 1rem; height: 100vh; overflow: auto;
  position: sticky; top: 0; font-size: 13.5px; }
nav .home { font-weight: 600; display: block; line-height: 1.4; margin-bottom: .8rem; color: var(--ink); }
nav h3 { font-size: 12px; color: var(--soft); margin: 1rem 0 .2rem; font-weight: 600; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: .08rem .4rem; border-radius: 4px; }
nav li a.here { background: #dbe9f5; color: var(--ink); }
main { padding: 1.6rem 2.2rem 4rem; max-width: 78rem; }
h1 { font-size: 1.65rem; margin: 0 0 .3rem; line-height: 1.3; }
h1 small { font-size: .85rem; font-weight: 400; color: var(--soft); margin-left: .6rem; }
h2 { font-size: 1.12rem; margin: 2.2rem 0 .6rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
p.lead { font-size: 1.02rem; margin: .2rem 0 .8rem; max-width: 52rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; font-size: 13.5px; color: var(--soft);
  margin: 0; }
dl.facts dd { margin: 0; color: var(--ink); overflow-wrap: anywhere; }
.toc { font-size: 13px; margin: 0 0 1rem; }
.toc a { margin-right: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
th { text-align: left; font-weight: 600; color: var(--soft); background: var(--side); white-space: nowrap; }
th, td { padding: .32rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; }
td:first-child code { white-space: nowrap; }
table.elements td:first-child { white-space: nowrap; }
table.elements td:nth-child(2) { white-space: nowrap; }
table.rules td:nth-child(2) { white-space: nowrap; }
table.rules td:nth-child(4), table.rules td:nth-child(5) { min-width: 16rem; }
.slice { color: #7a3e9d; }
.ms { color: #fff; background: var(--ms); border-radius: 3px; font-size: 11px; padding: 0 .25rem; margin-left: .4rem; }
.strength { color: var(--soft); font-size: 12px; margin-left: .3rem; }
code { font: 12.5px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; background: var(--side); padding: .05rem .25rem;
  border-radius: 3px; overflow-wrap: anywhere; }
pre { font: 12.5px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; background: var(--side); padding: .8rem 1rem;
  border-radius: 6px; overflow: auto; max-height: 32rem; }
details { margin: .3rem 0; border: 1px solid var(--line); border-radius: 6px; padding: .35rem .7rem; }
summary { cursor: pointer; }
.good summary b { color: #14693b; }
.bad summary b { color: #a3172c; }
.muted { color: var(--soft); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .7rem; }
.cards a { border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem; color: var(--ink); }
.cards a b { display: block; color: var(--link); }
.cards a span { font-size: 12.5px; color: var(--soft); display: block; line-height: 1.45; }
.chip { display: inline-block; border-radius: 10px; padding: 0 .55rem; font-size: 12px; color: #fff; background: #777; }
.chip.green { background: #2e8b57; } .chip.yellow { background: #c9a000; } .chip.orange { background: #d9730d; }
.chip.red { background: #c0272d; } .chip.purple { background: #7a3e9d; }
@media (max-width: 60rem) { body { display: block; } nav { position: static; height: auto; max-height: 16rem; } }
`;
