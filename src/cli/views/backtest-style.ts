/** How a report looks: light or dark as the reader's system is, plain on paper. */
export const backtestStyle = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5a6675; --rule: #d5dbe3; --paper: #ffffff; --wash: #f3f5f8;
  --c0: #0b6bcb; --c1: #b4540a; --c2: #7a3fb0; --c3: #16794a; --c4: #6b7480; --good: #16794a; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #a7b1bf; --rule: #3a4452; --paper: #12171e; --wash: #1b222c;
  --c0: #6db3ff; --c1: #f2a65e; --c2: #c79bf2; --c3: #62cf98; --c4: #9aa5b3; --good: #62cf98; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 1px solid var(--rule); }
p, li { max-width: 46rem; } .soft { color: var(--soft); }
.verdicts { list-style: none; padding: 0; } .verdicts li { margin: .4rem 0; padding-left: 1.6rem; text-indent: -1.6rem; }
.mark { display: inline-block; width: 1.6rem; text-indent: 0; font-weight: 700; } .better .mark { color: var(--good); } .worse .mark { color: var(--bad); }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; margin: .8rem 0; }
caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--rule); text-align: right; white-space: nowrap; }
th:first-child, td.words { text-align: left; } td.words { white-space: normal; } thead th { background: var(--wash); font-weight: 600; } tbody th { font-weight: 400; }
svg { width: 100%; max-width: 44rem; height: auto; display: block; } svg text { font-size: 12px; fill: var(--ink); }
.end { text-anchor: end; } .middle { text-anchor: middle; } .grid { stroke: var(--rule); } .equal { stroke: var(--c4); stroke-dasharray: 4 4; }
.line { fill: none; stroke-width: 2; } .s0 { stroke: var(--c0); } .s1 { stroke: var(--c1); stroke-dasharray: 8 3; } .s2 { stroke: var(--c2); stroke-dasharray: 2 3; }
.s3 { stroke: var(--c3); stroke-dasharray: 10 3 2 3; } .s4 { stroke: var(--c4); stroke-dasharray: 1 4; }
.dot, .bar { fill: var(--c0); } .whisker { stroke: var(--c0); stroke-width: 1.5; }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #333; --rule: #999; --wash: #eee; --c0: #0b6bcb; --c1: #b4540a; --c2: #7a3fb0; --c3: #16794a; --c4: #555; --good: #16794a; --bad: #b3261e; }
  body { max-width: none; padding: 0; font-size: 11px; } section, svg, tr { break-inside: avoid; } .wide { overflow: visible; } th, td { padding: .15rem .35rem; } }
`;
