/** The style sheet of the report. Both colour schemes keep a contrast of at least 4.5 for all text. */
export const style = `
:root{color-scheme:light dark;--bg:#f6f4ef;--card:#fffefb;--well:#f6f4ef;--ink:#1d1b18;--dim:#655f55;--line:#e2ddd2;--shade:#1d1b1838;--bad:#a3221b;--badbg:#fbe8e4;--badline:#dd9a92;--doubt:#7a5100;--doubtbg:#fcf0d3;--doubtline:#d9b766;--good:#1b6440;--goodbg:#e3f2e8;--goodline:#8fc3a6;--meant:#0b4f94;--meantbg:#e6eff9;--meantline:#9cbde0;--link:#0b4f94;--mono:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--bg:#151412;--card:#1e1c19;--well:#151412;--ink:#eeeae2;--dim:#aba497;--line:#38342d;--shade:#000c;--bad:#ff9389;--badbg:#3a1d1a;--badline:#8c423b;--doubt:#f2c56d;--doubtbg:#382a10;--doubtline:#80642a;--good:#83d3a4;--goodbg:#173122;--goodline:#3b7455;--meant:#93bff5;--meantbg:#15273c;--meantline:#3f668f;--link:#93bff5}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:1160px;margin:0 auto;padding:40px 24px 72px}
p{margin:0 0 8px}
ul{margin:0 0 8px;padding-left:20px}
ul.plain{list-style:none;padding:0}
code,pre,.grid td,.bars th{font-family:var(--mono);font-size:.87em}
h1,h2,h3{line-height:1.25;text-wrap:balance}
h2{font-size:17px;margin:44px 0 12px;letter-spacing:-.005em}
h3{font-size:15px;margin:0}
a{color:var(--link);text-underline-offset:3px;text-decoration-thickness:1px}
b,.strong{font-weight:650}
.dim{color:var(--dim)}
.bad.strong{color:var(--bad)}
.card,details.check,header{background:var(--card);border:1px solid var(--line);border-radius:12px}
.card{padding:14px 18px}
header{padding:26px 28px 22px;border-top:5px solid}
header.good{border-top-color:var(--good)}header.bad{border-top-color:var(--bad)}header.doubt{border-top-color:var(--doubt)}header.meant{border-top-color:var(--meant)}
h1{display:flex;gap:16px;align-items:flex-start;font-size:34px;letter-spacing:-.02em;margin:8px 0 14px;font-weight:680}
h1 code{font-size:.9em;font-weight:600;letter-spacing:-.03em}
.seal{flex:none;display:inline-grid;place-items:center;width:44px;height:44px;border-radius:12px;font-size:24px}
.good .seal{color:var(--good);background:var(--goodbg)}.bad .seal{color:var(--bad);background:var(--badbg)}.doubt .seal{color:var(--doubt);background:var(--doubtbg)}.meant .seal{color:var(--meant);background:var(--meantbg)}
.good .verdict{color:var(--good)}.bad .verdict{color:var(--bad)}.doubt .verdict{color:var(--doubt)}.meant .verdict{color:var(--meant)}
.story{font-size:16px;max-width:78ch}
.tally{display:flex;flex-wrap:wrap;gap:8px;margin:18px 0 12px}
.facts{display:flex;flex-wrap:wrap;gap:2px 22px;color:var(--dim);font-size:13.5px;margin:0 0 10px}
header .facts{margin:0}
.chip{display:inline-block;border-radius:99px;padding:1px 10px;font-size:12.5px;line-height:1.6;font-weight:600;white-space:nowrap;border:1px solid}
.chip.bad{color:var(--bad);background:var(--badbg);border-color:var(--badline)}
.chip.doubt{color:var(--doubt);background:var(--doubtbg);border-color:var(--doubtline)}
.chip.meant{color:var(--meant);background:var(--meantbg);border-color:var(--meantline)}
.chip.good{color:var(--good);background:var(--goodbg);border-color:var(--goodline)}
/* A shade at an edge says that there is more beyond it: at the ends of the content, what moves with it covers the shade. */
.scroll{overflow-x:auto;overscroll-behavior-x:contain;background:linear-gradient(90deg,var(--card) 40%,transparent) 0 0/48px 100% no-repeat local,linear-gradient(270deg,var(--card) 40%,transparent) 100% 0/48px 100% no-repeat local,linear-gradient(90deg,var(--shade),transparent) 1px 1px/16px calc(100% - 2px) no-repeat scroll,linear-gradient(270deg,var(--shade),transparent) calc(100% - 1px) 1px/16px calc(100% - 2px) no-repeat scroll}
.scroll:focus-visible,pre:focus-visible,summary:focus-visible,a:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:6px}
table{border-collapse:collapse;width:100%;overflow-wrap:normal}
th{font-weight:600;text-align:left}
thead th{color:var(--dim);font-size:12.5px;white-space:nowrap}
tbody th{font-weight:500;min-width:16ch}
th,td{padding:8px 10px;border-bottom:1px solid var(--line);vertical-align:top}
tbody tr:last-child>*{border-bottom:0}
th:first-child,td:first-child{padding-left:2px}
td code,th code,td,tbody th{overflow-wrap:break-word}
.right{text-align:right;white-space:nowrap}
caption{text-align:left;white-space:nowrap;color:var(--dim);font-size:12.5px;font-weight:600;padding:2px 2px 4px}
details.check{margin:0 0 12px;padding:0 20px}
section>.quiet{margin-top:36px}section[aria-labelledby=found]+section>.quiet{margin-top:12px}
[data-label=after]{min-width:11ch}
details.check[open]{padding-bottom:14px}
summary{cursor:pointer;padding:13px 0;display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;list-style:none}
summary::-webkit-details-marker{display:none}
summary::before{content:"▸";color:var(--dim);width:10px}
details[open]>summary::before{content:"▾"}
summary h3{font-family:var(--mono);font-size:14px;font-weight:650}
.gist{color:var(--dim);margin-left:auto;font-size:14px}.gist code{font-size:.94em}
.quiet>summary{font-weight:600}
.fold{margin:0 0 6px}.fold>summary{display:inline-flex;gap:8px;padding:1px 0;color:var(--dim);font-size:13px}.fold>p{font-size:13px;margin-left:18px}
table.grid{width:auto;margin:4px 0 8px}
.grid th,.grid td{padding:5px 14px 5px 2px}
.grid .words{min-width:11ch;font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
.grid .old{padding-right:6px}
.grid td{white-space:nowrap}.grid .words,.grid small{white-space:normal}
del{color:var(--bad);text-decoration-thickness:1px}
ins{color:var(--good);font-weight:650;text-decoration:none}
.to{color:var(--dim)}
.delta{color:var(--dim)}
.grid small{display:block;color:var(--doubt);font:600 12px/1.4 system-ui,sans-serif}
.long{display:inline-block;white-space:normal;overflow-wrap:anywhere;min-width:22ch;max-width:64ch}
.old .long,.new .long{text-decoration:none;font-weight:400;vertical-align:top}del:has(.long){text-decoration:none}
.spot{border-radius:3px;padding:1px 2px;font-weight:700}del .spot{background:var(--badbg);text-decoration:line-through}ins .spot{background:var(--goodbg)}
.bare{color:var(--dim);font-style:italic}
.grid.added td{color:var(--good)}.grid.removed td{color:var(--bad)}
.grid.added .sign{color:var(--good)}.grid.removed .sign,.grid.expected .sign{color:var(--bad)}
.bars{width:auto;min-width:min(420px,100%);margin:2px 0 10px}
.bars .bar{margin-top:7px}
.bars th,.bars td{border:0;padding:2px 12px 2px 2px}
.bars th{min-width:0;overflow-wrap:anywhere}
.track{width:180px;min-width:72px}
.bar{display:block;margin-top:8px;height:8px;min-width:2px;border-radius:4px;background:var(--bad);opacity:.85}
.bar.calm{background:var(--dim);opacity:.45}
pre{background:var(--well);border:1px solid var(--line);border-radius:8px;padding:11px 13px;overflow-x:auto;margin:0 0 10px;font-size:13px;line-height:1.5;overflow-wrap:normal;max-height:60vh}
.label{color:var(--dim);font-size:12.5px;font-weight:600;margin:8px 0 4px}
.hint{margin:10px 0 0}.hint span{color:var(--link);font-weight:700}
.more,.legend{font-size:13px;margin:6px 0 0}
.commands{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(300px,100%),1fr));gap:12px}
.commands>div{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px 18px;min-width:0}
.commands h3{margin-bottom:8px}
.commands pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
dl{margin:0}
dl>div{display:grid;grid-template-columns:120px 1fr;gap:4px 16px;padding:8px 0;border-bottom:1px solid var(--line)}
dl>div:last-child{border-bottom:0}
dt{color:var(--dim);font-weight:600;font-size:13.5px}
dd{margin:0;min-width:0}
dd ul:last-child{margin:0}
.seed{color:var(--dim)}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--ink);font-size:14px}
svg .title{font-weight:650}
svg .name{font-family:var(--mono);font-size:12px}
svg .number{font-family:var(--mono);font-size:12px;text-anchor:end}svg .number.bad{fill:var(--bad);font-weight:650}
svg .dim{fill:var(--dim);font-size:12px}
svg .mark{font-weight:700;font-size:13px}
svg .mark.bad,svg .badge{fill:var(--bad)}svg .mark.doubt{fill:var(--doubt)}svg .mark.good{fill:var(--good)}svg .mark.meant{fill:var(--meant)}
svg .badge{font-size:12px;font-weight:650}
.box rect{fill:var(--card);stroke:var(--line);stroke-width:1.25}
.box.idle rect{stroke-dasharray:5 4;stroke:var(--doubtline)}
.box.good rect{stroke:var(--goodline)}.box.doubt rect{stroke:var(--doubtline)}.box.meant rect{stroke:var(--meantline)}.box.bad rect{stroke:var(--badline)}
.box.starts rect{stroke:var(--bad);stroke-width:2.5}
.rule{stroke:var(--line);fill:none}
.arrow{fill:none;stroke:var(--dim);stroke-width:1.4;opacity:.75}
.arrow.bad{stroke:var(--bad);opacity:1}
.arrow.order{stroke-dasharray:4 4}
marker path{fill:var(--dim)}
@media (max-width:720px){.stack,.stack tbody,.stack tr,.stack td,.stack th{display:block}.stack thead{position:absolute;clip-path:inset(50%);height:1px;overflow:hidden}.stack tr{display:flex;flex-wrap:wrap;gap:3px 16px;align-items:baseline;padding:10px 0;border-bottom:1px solid var(--line)}.stack tr:last-child{border:0}.stack tbody td,.stack tbody th{border:0;padding:0;white-space:normal;min-width:0;text-align:left}.stack tbody th{flex:1 1 60%}.stack .none,.stack .track{display:none}.stack [data-label]::before{content:attr(data-label)" ";color:var(--dim);font-size:12.5px}.stack td:last-child{flex-basis:100%}main{padding:14px 12px 48px}header{padding:18px 16px 16px}h1{font-size:25px;gap:12px}.seal{width:34px;height:34px;font-size:19px;border-radius:9px}.card{padding:10px 12px}details.check{padding:0 12px}h2{margin-top:32px}.gist{margin-left:22px;flex-basis:100%}dl>div{grid-template-columns:1fr}.grid th,.grid td{padding-right:9px}.commands>div{padding:12px}}
@media print{body{background:none}.card,details.check,header{break-inside:avoid}}
`;
