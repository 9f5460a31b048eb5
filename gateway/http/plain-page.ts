import { createHash } from 'node:crypto';
import { Html, html } from './html.ts';
import { ICON_LINK } from './icon.ts';

const STYLE = `:root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6675;--line:#dfe4ea;--paper:#fff;--ground:#f5f7fa;--main:#9c1c1c}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#a3adba;--line:#333c47;--paper:#1b222b;--ground:#12171d;--main:#e58a7d}}
*{box-sizing:border-box}
body{margin:0;font:1.06rem/1.7 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--ground);border-top:4px solid var(--main);overflow-wrap:anywhere}
body>*{max-width:46rem;margin:0 auto}
a{color:inherit;text-underline-offset:.15em}
a:hover{color:var(--main)}
a:focus-visible{outline:3px solid var(--main);outline-offset:2px}
header{padding:.9rem 1.25rem;font-weight:700}
header a{color:var(--main);text-decoration:none}
main{padding:1.5rem 1.25rem 2rem;background:var(--paper);border:1px solid var(--line);border-radius:.6rem}
@media(min-width:48rem){main{padding:2.25rem 2.75rem 2.5rem;margin-bottom:3rem}}
@media(max-width:46rem){body{background:var(--paper)}main{border-width:1px 0 0;border-radius:0}}
h1{margin:0 0 .6rem;font-size:clamp(1.45rem,5vw,2rem);line-height:1.3;text-wrap:balance}
h2,h3,h4{line-height:1.35;text-wrap:balance}
p,li{text-wrap:pretty}
img,video,audio{max-width:100%;height:auto}
img{border-radius:.35rem}
figure{margin:1.4rem 0}
figcaption,small{color:var(--soft);font-size:.9rem;line-height:1.5}
figcaption{margin-top:.35rem}
blockquote{margin:1.4rem 0;padding:.1rem 1.1rem;border-inline-start:.25rem solid var(--line);color:var(--soft)}
pre{overflow-x:auto}
table{border-collapse:collapse;display:block;overflow-x:auto;font-size:.95rem}
td,th{border:1px solid var(--line);padding:.3rem .6rem}
.by{margin:0 0 1.4rem;color:var(--soft)}
.original{margin:2rem 0 .5rem;padding:.8rem 1rem;border-inline-start:.25rem solid var(--main);background:var(--ground)}
.banner{max-width:none;padding:.5rem 1.25rem;background:#ffe9a8;color:#4a3800;text-align:center;font-size:.95rem;line-height:1.5}`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** No script ever, no style but our own; pictures and film from anywhere, because items show their sites' own. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  'img-src https: http:',
  'media-src https: http:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const PLAIN_PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
};

/** A page with nothing around it: an item, an error. */
export function plainPage(parts: {
  readonly title: string;
  readonly body: Html;
  readonly head?: Html;
  /** Above everything. */
  readonly banner?: Html;
  readonly language?: string;
}): string {
  return html`<!doctype html>
<html lang="${parts.language ?? 'vi'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${parts.title}</title>
${ICON_LINK}
${parts.head ?? ''}
<style>${new Html(STYLE)}</style>
</head>
<body>
${parts.banner ?? ''}<header><a href="/">Liên Thông</a></header>
<main>
${parts.body}
</main>
</body>
</html>
`.markup;
}
