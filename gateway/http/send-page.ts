import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { Html, html } from './html.ts';
import { ICON_LINK } from './icon.ts';

export interface Page {
  readonly title: string;
  readonly language: 'vi' | 'en';
  readonly head?: Html;
  readonly style: string;
  readonly body: Html;
  readonly status?: number;
  /** `Cache-Control`; ten seconds without. */
  readonly cache?: string;
}

/**
 * Sends one server-rendered page. No script runs on it, its style is allowed by hash only, and nobody may frame it.
 */
export async function sendPage(response: Response, page: Page): Promise<void> {
  const style = new Html(page.style);
  const hash = createHash('sha256').update(page.style).digest('base64');
  const document = html`<!doctype html>
<html lang="${page.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${page.title}</title>${ICON_LINK}${page.head ?? ''}<style>${style}</style></head>
<body>${page.body}</body></html>
`;
  response
    .status(page.status ?? 200)
    .set({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': page.language,
      'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${hash}'; img-src http: https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': page.cache ?? 'public, max-age=10',
    })
    .send(document.markup);
}
