/** The first page's looks: two columns where there is room, one on a phone, dark where the reader wants it. */
export const FIRST_PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6675;--line:#dfe4ea;--paper:#fff;--ground:#f5f7fa;--main:#9c1c1c;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#a3adba;--line:#333c47;--paper:#1b222b;--ground:#12171d;--main:#e58a7d;--on:#12171d}}
*{box-sizing:border-box}
body{margin:0;font:1rem/1.6 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--ground)}
a{color:inherit}
a:focus-visible{outline:3px solid var(--main);outline-offset:2px}
.wide{max-width:72rem;margin:0 auto;padding:0 1.25rem}
.banner{margin:0;padding:.5rem 1.25rem;background:#ffe9a8;color:#4a3800;text-align:center;font-size:.95rem}
header{background:var(--paper);border-bottom:1px solid var(--line);border-top:4px solid var(--main)}
header .wide{padding-top:1.25rem;padding-bottom:1.5rem;position:relative}
.name{margin:0;color:var(--main);font-weight:700;letter-spacing:.02em}
.language{position:absolute;top:1.25rem;right:1.25rem;color:var(--soft)}
h1{margin:.15rem 0 .35rem;font-size:clamp(1.5rem,4vw,2.1rem);line-height:1.25;text-wrap:balance}
.lead{margin:0 0 1.25rem;max-width:46rem;color:var(--soft)}
.doors{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.75rem;margin:0;padding:0;list-style:none}
.doors a{display:block;height:100%;padding:.8rem 1rem;border:1px solid var(--line);border-radius:.5rem;text-decoration:none;background:var(--ground)}
.doors a:hover{border-color:var(--main)}
.doors strong{display:block}
.doors span{color:var(--soft);font-size:.92rem}
main.wide{display:grid;grid-template-columns:minmax(0,1.6fr) minmax(0,1fr);gap:2.5rem;padding-top:1.75rem;padding-bottom:2.5rem;align-items:start}
@media(max-width:56rem){main.wide{grid-template-columns:minmax(0,1fr);gap:1rem}}
h2{margin:0 0 .75rem;font-size:1.15rem}
section{margin-bottom:2rem}
.items{margin:0;padding:0;list-style:none}
.items li{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:1rem;padding:.9rem 0;border-top:1px solid var(--line)}
.items img,.blank{width:100%;height:auto;aspect-ratio:16/9;object-fit:cover;border-radius:.35rem;background:var(--line);display:block}
.items h3{margin:0;font-size:1.05rem;line-height:1.4;overflow-wrap:anywhere;text-wrap:pretty}
.items h3 a{text-decoration:none}
.items h3 a:hover{text-decoration:underline;color:var(--main)}
.items h3 a:visited{color:var(--soft)}
.by{margin:.2rem 0;color:var(--soft);font-size:.88rem}
.summary{margin:0;color:var(--soft);font-size:.94rem;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
@media(max-width:34rem){.items li{grid-template-columns:6rem minmax(0,1fr);gap:.85rem}.summary{display:none}.doors{grid-template-columns:minmax(0,1fr)}.doors a{padding:.6rem .85rem}}
.kind{display:inline-block;padding:0 .45rem;border:1px solid var(--line);border-radius:1rem;font-size:.78rem;color:var(--soft);white-space:nowrap}
.kind.press{border-color:#b98900}.kind.portal{border-color:var(--main)}
table{width:100%;border-collapse:collapse;background:var(--paper);border:1px solid var(--line);border-radius:.5rem;font-size:.92rem}
th,td{padding:.55rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
tbody tr:last-child>*{border-bottom:0}
tbody th{font-weight:500}
tbody th .kind{margin-left:.4rem}
thead th{color:var(--soft);font-weight:600;font-size:.82rem}
td small{display:block;color:var(--soft);white-space:nowrap}
.state{white-space:nowrap}
.number{text-align:right;font-variant-numeric:tabular-nums}
.state::before{content:"";display:inline-block;width:.6em;height:.6em;margin-right:.4em;border-radius:50%;background:#8a94a1}
.state.good::before{background:#2e8b57}.state.failing::before{background:#c0392b}.state.waiting::before{background:#b98900}
.feeds{margin:0;padding:0;list-style:none}
.feeds li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.1rem 1rem;padding:.45rem 0;border-bottom:1px solid var(--line)}
.feeds span a{margin-right:.5rem}
.feeds strong{font-weight:600}
.empty{color:var(--soft)}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:.9rem;background:var(--paper)}
footer .wide{padding-top:.5rem;padding-bottom:.5rem}
@media print{.doors,.banner,footer{display:none}}
`;
