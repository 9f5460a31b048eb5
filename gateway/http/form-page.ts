import express, { type Request, type RequestHandler, type Response } from 'express';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import { FORM_STYLE } from './form-style.ts';
import { type Html, html } from './html.ts';
import { refuseNul } from './refuse-nul.ts';
import { sendPage } from './send-page.ts';

const LARGEST = '64kb';

/** Forms and JSON, both small; anything else is refused by its media type. */
export const readBody: readonly RequestHandler[] = [
  express.urlencoded({ extended: false, limit: LARGEST, parameterLimit: 50 }),
  express.json({ limit: LARGEST, strict: true }),
  refuseNul,
];

/** A text field of a body that may be anything. */
export function field(req: Request, name: string): string {
  const body: unknown = req.body;
  if (typeof body !== 'object' || body === null) return '';
  const value = (body as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value.toWellFormed() : '';
}

/** A page with a form; never kept by anybody, because it answers one person. */
export function sendForm(
  res: Response,
  page: {
    readonly title: string;
    readonly body: Html;
    readonly status?: number;
    readonly wide?: boolean;
    readonly nav?: Html;
  },
): Promise<void> {
  return sendPage(res, {
    title: page.title,
    language: 'vi',
    style: FORM_STYLE,
    cache: 'no-store',
    head: html`<meta name="robots" content="noindex">`,
    ...(page.status !== undefined && { status: page.status }),
    body: html`<div class="page${page.wide ? ' wide' : ''}"><header><a href="/">Liên Thông</a>${page.nav ?? html``}</header><main>${page.body}</main></div>`,
  });
}

/** What went wrong, in the reader's words, above the form that can be sent again. */
export function wrong(thrown: unknown): { readonly error: CodedError; readonly box: Html } {
  const error = toCoded(thrown);
  if (error.status >= 500) throw error;
  const words = typeof error.data.vi === 'string' ? error.data.vi : error.message;
  return { error, box: html`<p class="wrong" role="alert">${words}</p>` };
}

/** A body that a browser sent from another site is refused, whatever cookies came along. */
export function requireSameSite(req: Request): void {
  const from = req.headers['sec-fetch-site'];
  if (from === undefined || from === 'same-origin' || from === 'none') return;
  throw new CodedError('FORBIDDEN', 'This form must be sent from its own page.', {
    data: { vi: 'Biểu mẫu này phải được gửi từ chính trang của nó.' },
  });
}
