/** Pages with a form or a list of things to do: the looks of the other pages, quieter. */
export const FORM_STYLE = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6675;--line:#dfe4ea;--paper:#fff;--ground:#f5f7fa;--main:#9c1c1c;--on:#fff;--good:#2e8b57;--late:#c0392b}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#a3adba;--line:#333c47;--paper:#1b222b;--ground:#12171d;--main:#e58a7d;--on:#12171d;--good:#6cc495;--late:#ff8a7a}}
*{box-sizing:border-box}
body{margin:0;font:1rem/1.6 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--ground);border-top:4px solid var(--main);overflow-wrap:anywhere}
.page{max-width:46rem;margin:0 auto;padding:0 1.25rem 3rem}
.page.wide{max-width:72rem}
header{padding:.9rem 0;font-weight:700;display:flex;gap:1rem;justify-content:space-between;align-items:baseline;flex-wrap:wrap}
header a{color:var(--main);text-decoration:none}
a{color:var(--main)}
h1{margin:.2rem 0 .5rem;font-size:clamp(1.4rem,4vw,1.9rem);line-height:1.3;text-wrap:balance}
h2{margin:2rem 0 .6rem;font-size:1.15rem}
p{text-wrap:pretty}
.soft,small{color:var(--soft)}
form.box,.box{background:var(--paper);border:1px solid var(--line);border-radius:.6rem;padding:1.1rem 1.25rem;margin:1rem 0}
label{display:block;font-weight:600;margin:.9rem 0 .25rem}
label:first-child{margin-top:0}
input,textarea,select,button{font:inherit;color:inherit}
input[type=text],input[type=password],textarea,select{width:100%;padding:.5rem .65rem;border:1px solid var(--line);border-radius:.4rem;background:var(--ground)}
textarea{min-height:8rem}
button{padding:.45rem .95rem;border:1px solid var(--main);border-radius:.4rem;background:var(--main);color:var(--on);font-weight:600;cursor:pointer}
button.quiet{background:transparent;color:var(--main)}
a:focus-visible,button:focus-visible,input:focus-visible,textarea:focus-visible,summary:focus-visible{outline:3px solid var(--main);outline-offset:2px}
.ticket{font-size:1.5rem;font-weight:700;letter-spacing:.03em}
.wrong{border-left:.25rem solid var(--late);padding:.5rem .9rem;background:var(--paper)}
.done{border-left:.25rem solid var(--good);padding:.5rem .9rem;background:var(--paper)}
table{width:100%;border-collapse:collapse;background:var(--paper);border:1px solid var(--line);font-size:.94rem}
th,td{padding:.55rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-size:.82rem}
.late{color:var(--late);font-weight:600}
.acts form{display:flex;gap:.4rem;flex-wrap:wrap;margin:.25rem 0}
.acts input[type=text]{width:14rem;padding:.3rem .5rem}
.acts button{padding:.25rem .7rem;font-size:.9rem}
@media(max-width:46rem){thead{display:none}td,th{display:block;border-bottom:0}tr{display:block;border-bottom:1px solid var(--line);padding:.4rem 0}.acts input[type=text]{width:100%}}
@media print{form,header{display:none}}
`;
