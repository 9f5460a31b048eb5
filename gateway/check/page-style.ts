/** Looks of the self-check: one column that prints well, dark where the reader wants it. */
export const CHECK_STYLE = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#566170;--line:#dfe4ea;--paper:#fff;--ground:#f5f7fa;--main:#9c1c1c;--on:#fff;--must:#b3261e;--should:#8a5a00;--good:#1d6b40}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#a3adba;--line:#333c47;--paper:#1b222b;--ground:#12171d;--main:#e58a7d;--on:#12171d;--must:#f0948a;--should:#e3b45b;--good:#7fcf9f}}
*{box-sizing:border-box}
body{margin:0;font:1rem/1.6 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--ground);overflow-wrap:anywhere}
a{color:inherit;text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,input:focus-visible,select:focus-visible,button:focus-visible{outline:3px solid var(--main);outline-offset:2px}
.wide{max-width:60rem;margin:0 auto;padding:0 1.25rem}
.banner{margin:0;padding:.5rem 1.25rem;background:#ffe9a8;color:#4a3800;text-align:center;font-size:.95rem}
header{background:var(--paper);border-bottom:1px solid var(--line);border-top:4px solid var(--main)}
header .wide{padding-top:1.1rem;padding-bottom:1.4rem;position:relative}
.name{margin:0;font-weight:700}
.name a{color:var(--main);text-decoration:none}
.language{position:absolute;top:1.1rem;right:1.25rem;color:var(--soft)}
h1{margin:.15rem 0 .35rem;font-size:clamp(1.5rem,4vw,2rem);line-height:1.25}
.lead{margin:0 0 1rem;max-width:44rem;color:var(--soft)}
form{display:grid;grid-template-columns:minmax(0,1fr) 11rem auto;gap:.6rem;align-items:end}
@media(max-width:40rem){form{grid-template-columns:minmax(0,1fr)}}
form p{margin:0}
label{display:block;font-size:.88rem;color:var(--soft)}
input,select,button{width:100%;min-height:2.75rem;padding:.45rem .7rem;font:inherit;color:var(--ink);background:var(--paper);border:1px solid #7d8794;border-radius:.4rem}
button{background:var(--main);color:var(--on);border-color:var(--main);font-weight:600;padding:.45rem 1.4rem;cursor:pointer}
main.wide{padding-top:1.5rem;padding-bottom:2.5rem}
h2{margin:2rem 0 .75rem;font-size:1.2rem}
.sum{display:flex;flex-wrap:wrap;gap:1rem 1.5rem;align-items:center;padding:1rem 1.25rem;background:var(--paper);border:1px solid var(--line);border-radius:.6rem}
.sum p{margin:.1rem 0}
.sum div{flex:1 1 18rem}
.points{flex:none;margin:0;font-size:2.6rem;font-weight:700;line-height:1;font-variant-numeric:tabular-nums}
.points small{font-size:1rem;font-weight:400;color:var(--soft)}
.soft{color:var(--soft);font-size:.92rem}
.failure{padding:.8rem 1rem;border-inline-start:.25rem solid var(--must);background:var(--paper)}
.ways,.places,.rules{margin:0;padding:0;list-style:none}
.ways li{padding:.7rem 0;border-top:1px solid var(--line)}
.ways li:first-child{border-top:0}
.ways p{margin:.1rem 0}
.problem{margin:0 0 .9rem;padding:1rem 1.25rem;background:var(--paper);border:1px solid var(--line);border-inline-start:.3rem solid var(--should);border-radius:.5rem}
.problem.must{border-inline-start-color:var(--must)}
.problem h3{margin:0 0 .4rem;font-size:1.05rem;line-height:1.4}
.grade{display:inline-block;margin-inline-end:.45rem;padding:0 .5rem;border:1px solid;border-radius:1rem;font-size:.78rem;font-weight:700;vertical-align:.1em;color:var(--should)}
.must .grade{color:var(--must)}
.what{margin:.5rem 0 .1rem;font-weight:600}
.places{font-size:.9rem;color:var(--soft)}
.places li{padding:.1rem 0}
.problem dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem .9rem;margin:.8rem 0 0;padding-top:.7rem;border-top:1px solid var(--line);font-size:.95rem}
@media(max-width:34rem){.problem dl{grid-template-columns:minmax(0,1fr);gap:0}.problem dd{margin-bottom:.4rem}}
.problem dt{color:var(--soft)}
.problem dd{margin:0}
.problem dd p{margin:0}
.problem dd small{color:var(--soft)}
code,pre{font:.9em/1.5 ui-monospace,"Cascadia Mono",Consolas,monospace}
pre{margin:.25rem 0;padding:.7rem .9rem;overflow-x:auto;background:var(--ground);border:1px solid var(--line);border-radius:.4rem;white-space:pre-wrap}
details{margin:.9rem 0;padding:.7rem 1.25rem;background:var(--paper);border:1px solid var(--line);border-radius:.5rem}
summary{cursor:pointer;font-weight:600}
.rules li{padding:.35rem 0;border-top:1px solid var(--line)}
.rules li:first-child{border-top:0;margin-top:.5rem}
footer{border-top:1px solid var(--line);color:var(--soft);font-size:.9rem;background:var(--paper)}
footer .wide{padding-top:.6rem;padding-bottom:.6rem}
@media print{form,.language,.banner{display:none}.problem{break-inside:avoid}}
`;
