import { type Request, type Response, Router } from 'express';
import { html } from './html.ts';

/** Two links of a chain. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#9c1c1c"/><g fill="none" stroke="#fff" stroke-width="3.2"><rect x="5" y="11" width="13" height="10" rx="5"/><rect x="14" y="11" width="13" height="10" rx="5"/></g></svg>`;

export const ICON_LINK = html`<link rel="icon" type="image/svg+xml" href="/icon.svg">`;

/** Browsers ask for an icon whether a page names one or not. */
export function iconRoutes(): Router {
  const router = Router();
  router.get(['/icon.svg', '/favicon.ico'], (_request: Request, response: Response) => {
    response
      .set({
        'Content-Type': 'image/svg+xml',
        'Cache-Control': 'public, max-age=86400',
        'Content-Security-Policy': "default-src 'none'",
        'X-Content-Type-Options': 'nosniff',
      })
      .send(ICON);
  });
  return router;
}
