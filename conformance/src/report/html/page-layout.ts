/** Blocks of the page, then rows and cases, then timelines and tables, then print. */
export const PAGE_LAYOUT = `
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 0 1rem 3rem; max-width: 76rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
[hidden] { display: none !important; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: -3px; border-radius: 4px; }
code, .timeline, dd, .replay code { unicode-bidi: isolate; }
code { font: 0.875em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; }
h1, h2, h3, h4, h5, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { font-size: 1.35rem; display: flex; flex-wrap: wrap; gap: 0.4rem 0.75rem; align-items: center; }
h3 { font-size: 1.05rem; display: inline-block; }
h4, h5 { font-size: 1rem; font-weight: 400; display: inline; }
.quiet, .label, .took, .count, .level, dt { color: var(--quiet); }
.unseen, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { display: inline-block; padding: 0.5rem; }
header { margin: 1.25rem 0 1rem; padding: 1.1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-left: 0.5rem solid var(--ink); border-radius: 8px; display: grid; gap: 0.35rem; }
header h1 { color: var(--ink); }
.kicker { font-weight: 600; }
nav ul { display: grid; gap: 0.35rem; margin: 0.35rem 0; }
nav li { display: flex; flex-wrap: wrap; gap: 0.2rem 0.6rem; align-items: baseline; }
nav a { font-weight: 600; }
.verdict, .mark { color: var(--ink); background: var(--paper); border-radius: 4px; padding: 0.05rem 0.45rem; font-size: 0.8125rem; font-weight: 600; }
.mark { white-space: nowrap; }
form { display: grid; gap: 0.6rem; padding: 0.8rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; font-size: 0.9375rem; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.4rem; }
legend { float: left; color: var(--quiet); padding: 0.2rem 0.4rem 0 0; }
.choice { display: inline-flex; align-items: center; gap: 0.35rem; padding: 0.15rem 0.6rem; border: 1px solid var(--line); border-radius: 999px; color: var(--ink); background: var(--paper); font-size: 0.8125rem; font-weight: 600; cursor: pointer; }
.choice .count { color: inherit; font-weight: 400; }
.choice:has(:checked) { border-color: var(--ink); box-shadow: inset 0 0 0 1px var(--ink); }
.choice input { margin: 0; accent-color: var(--ink); }
.fields, .actions { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; }
.field { display: inline-flex; align-items: center; gap: 0.4rem; color: var(--quiet); }
.wide { flex: 1 1 14rem; }
input[type="search"] { flex: 1; min-width: 0; }
::placeholder { color: var(--quiet); opacity: 1; }
output { flex: 1 1 auto; color: var(--text); }
button, select, input[type="search"] { font: inherit; color: var(--text); background: var(--sunk); border: 1px solid var(--line); border-radius: 6px; padding: 0.2rem 0.65rem; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
main:focus { outline: none; }
.run { margin-top: 2rem; }
.group { margin-top: 1.2rem; }
.run > p { margin-top: 0.6rem; }
.group > h3 { margin-bottom: 0.5rem; }
.group > summary { padding: 0.3rem 0; cursor: pointer; }
.blocker { margin: 0.6rem 0 0.4rem; color: var(--quiet); }
#nothing { margin-top: 1.5rem; padding: 2rem 1rem; text-align: center; background: var(--card); border: 1px dashed var(--line); border-radius: 8px; display: grid; gap: 0.75rem; justify-items: center; }
footer { margin-top: 3rem; color: var(--quiet); font-size: 0.875rem; display: grid; gap: 0.4rem; }
kbd { font: 0.85em ui-monospace, monospace; border: 1px solid var(--line); border-radius: 4px; padding: 0 0.3rem; }
.facts { display: grid; gap: 0.1rem 1.5rem; font-size: 0.9375rem; }
.facts > div { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 0.5rem; }
.head { grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); margin-top: 0.5rem; }
.head > div { grid-template-columns: 5.5rem minmax(0, 1fr); }
.limit { display: block; }

.row { margin: 0 0 0.4rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; content-visibility: auto; contain-intrinsic-size: auto 2.8rem; }
.row > summary { display: flex; flex-wrap: wrap; gap: 0.15rem 0.6rem; align-items: baseline; padding: 0.5rem 0.8rem; cursor: pointer; list-style-position: inside; border-radius: 8px; }
.row > summary::-webkit-details-marker { display: none; }
.row > summary::before { content: "▸"; color: var(--quiet); width: 0.8rem; }
.row[open] > summary::before { content: "▾"; }
.row > summary h4 { flex: 1 1 18rem; }
.row > summary:hover { background: var(--sunk); }
.row-id { font-weight: 650; white-space: nowrap; }
.level, .blocks, .took { font-size: 0.8125rem; white-space: nowrap; }
.blocks { font-weight: 600; color: var(--fail); }
.row:has(> :target) { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
.inside { padding: 0.1rem 0.8rem 0.8rem; display: grid; gap: 0.6rem; scroll-margin-top: 4rem; }
.row > .inside { padding-left: 2.2rem; }
.untestable { padding: 0.5rem 0.8rem; }
.label, dt { font-size: 0.8125rem; }
.case { border: 1px solid var(--line); border-radius: 6px; }
.case > summary { padding: 0.35rem 0.7rem; cursor: pointer; }
.case h5 { font-weight: 600; margin: 0 0.3rem; }
.case > summary .title { display: block; padding-left: 1.1rem; color: var(--quiet); font-size: 0.9375rem; }
.check { display: grid; gap: 0.35rem; }
.check + .check { border-top: 1px dashed var(--line); padding-top: 0.6rem; }
.check > p, .next { display: grid; grid-template-columns: 3.8rem minmax(0, 1fr); gap: 0.4rem; align-items: baseline; }
.case .facts > div { grid-template-columns: 5.5rem minmax(0, 1fr); }
.compare { display: grid; gap: 0.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
.compare > div { border: 1px solid var(--line); border-left: 4px solid var(--ink); border-radius: 4px; padding: 0.3rem 0.6rem; background: var(--sunk); }
.expected { --ink: var(--pass); } .got { --ink: var(--fail); }
mark { color: inherit; border-radius: 2px; padding: 0 0.1em; text-decoration: underline; text-underline-offset: 0.2em; }
.expected mark { background: var(--expected-mark); } .got mark { background: var(--got-mark); }
.lines { white-space: pre-line; }
.next { background: var(--sunk); border-radius: 4px; padding: 0.35rem 0.6rem; }
.replay { display: flex; flex-wrap: wrap; gap: 0.4rem 0.6rem; align-items: baseline; }
.replay code { flex: 1 1 16rem; background: var(--sunk); border-radius: 4px; padding: 0.35rem 0.6rem; }
.inside > details > summary { cursor: pointer; width: fit-content; max-width: 100%; }
.inside > .case > summary { width: auto; }
.passed, .checks { display: grid; gap: 0.25rem; font-size: 0.9375rem; }
.checks { padding-left: 1rem; font-size: 0.875rem; color: var(--quiet); }
.checks b { color: var(--text); font-weight: 600; }
.caught { font-size: 0.9375rem; }

.timeline { margin-top: 0.4rem; border: 1px solid var(--line); border-radius: 6px; font-size: 0.875rem; max-height: 36rem; overflow: auto; }
.timeline li { display: grid; grid-template-columns: 4.4rem 1.4rem minmax(0, 1fr); gap: 0.1rem 0.4rem; padding: 0.2rem 0.5rem; border-top: 1px solid var(--line); }
.timeline li:first-child { border-top: 0; }
.at { color: var(--quiet); text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.at::after { content: " ms"; }
.way { font-weight: 700; text-align: center; color: var(--quiet); }
.to .way, .to b { color: var(--to); } .from .way, .from b { color: var(--from); } .stderr .way, .timeline .error { color: var(--fail); }
.timeline b { display: block; font-weight: 600; }
.timeline i { display: block; font-style: normal; color: var(--wait); }
.timeline code { font-size: 0.8125rem; }
.timeline summary { cursor: pointer; }
.timeline details[open] .more { display: none; }
.more { color: var(--accent); font-size: 0.8125rem; }
.timeline .gap { display: block; text-align: center; color: var(--warn); background: var(--warn-on); font-size: 0.8125rem; }
.table { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--card); margin-top: 0.5rem; }
table { border-collapse: collapse; width: 100%; min-width: 38rem; font-size: 0.9375rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.7rem; border-top: 1px solid var(--line); overflow-wrap: normal; }
thead th { border-top: 0; color: var(--quiet); font-size: 0.8125rem; font-weight: 600; }
tbody th { font-weight: 400; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td .good, td .bad { color: var(--ink); }

@media (max-width: 40rem) {
  body { padding: 0 0.6rem 2rem; }
  h1 { font-size: 1.35rem; }
  header, form { padding: 0.8rem; }
  .row > summary h4 { flex-basis: 100%; order: 1; }
  .row > .inside { padding-left: 0.8rem; }
  .inside { padding: 0.1rem 0.5rem 0.6rem; }
  .facts > div, .head > div { grid-template-columns: 6.5rem minmax(0, 1fr); }
  .timeline li { grid-template-columns: auto 1.4rem minmax(0, 1fr); }
  .timeline li > div { grid-column: 1 / -1; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; background: #fff; font-size: 10pt; }
  search, button, .keys, .skip { display: none !important; }
  .row { content-visibility: visible; break-inside: avoid-page; }
  .timeline { max-height: none; }
  section.group .row::details-content, section.group .case::details-content { content-visibility: visible; display: block; }
}
`;
