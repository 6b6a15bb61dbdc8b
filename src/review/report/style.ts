/** Prints on A4 in black and white as well as it reads on a screen; nothing is loaded from elsewhere. */
export const STYLE = `
:root { --bad: #b3261e; --ask: #6b3fa0; --warn: #9a6200; --hint: #0b6b8a; --good: #1b6e3c; --line: #c9ced6; --soft: #f4f6f8; --quiet: #5c6672; }
* { box-sizing: border-box; }
body { margin: 0; background: #e9ecf0; color: #1c2024; font: 14px/1.65 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; }
article { max-width: 960px; margin: 24px auto; padding: 36px 40px; background: #fff; box-shadow: 0 1px 4px rgb(0 0 0 / .18); }
h1 { margin: 0 0 20px; text-align: center; font-size: 22px; letter-spacing: .08em; }
h2 { margin: 28px 0 8px; padding-left: 10px; border-left: 5px solid var(--tone, var(--quiet)); font-size: 16px; break-after: avoid; }
h2 small { margin-left: 12px; color: var(--quiet); font-size: 12px; font-weight: normal; }
p { margin: 0 0 4px; overflow-wrap: anywhere; }
.bad { --tone: var(--bad); } .ask { --tone: var(--ask); } .warn { --tone: var(--warn); } .hint { --tone: var(--hint); } .good { --tone: var(--good); }
.verdict { display: flex; gap: 18px; align-items: center; padding: 12px 18px; border: 2px solid var(--tone); }
.verdict strong { flex: none; color: var(--tone); font-size: 22px; }
.counts { display: flex; flex-wrap: wrap; gap: 8px 26px; margin: 12px 0; padding: 0; list-style: none; color: var(--quiet); }
.counts b { margin-right: 5px; color: #1c2024; font-size: 17px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 6px 10px; border: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--soft); font-weight: 600; white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.facts { margin-top: 12px; } .facts th { width: 7.5em; }
.items { table-layout: fixed; }
.items th:nth-child(1) { width: 3.6em; } .items th:nth-child(2) { width: 52%; } .items th:nth-child(4) { width: 10em; }
.unchecked .items th:nth-child(1) { width: 56%; } .unchecked .items th:nth-child(2) { width: 24%; } .unchecked .items th:nth-child(3) { width: 20%; }
.items td { font-size: 13px; }
.number { text-align: center; }
.message { font-weight: 600; font-size: 14px; }
.suggestion { color: var(--good); }
.ruling { margin-top: 4px; padding-left: 8px; border-left: 3px solid var(--quiet); }
.clause { color: var(--quiet); font-size: 12px; }
.rule { color: var(--quiet); font: 11px/1.5 ui-monospace, Consolas, "Liberation Mono", monospace; }
.label { display: block; color: var(--quiet); font-size: 12px; }
footer { margin-top: 32px; padding-top: 10px; border-top: 1px solid var(--line); color: var(--quiet); font-size: 12px; }
@page { size: A4; margin: 14mm 12mm; }
@media print {
  body { background: none; font-size: 12px; }
  article { max-width: none; margin: 0; padding: 0; box-shadow: none; }
  article + article { break-before: page; }
  .items td { font-size: 11px; } .message { font-size: 12px; }
}
@media (max-width: 640px) { article { margin: 0; padding: 20px 14px; } .verdict { flex-direction: column; align-items: flex-start; } }
`
