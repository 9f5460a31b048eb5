import { type Request, type Response, Router } from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { siteKeyOf } from '../../schemas/rules/addresses.ts';
import { SITE_KINDS, type SiteKind } from '../../schemas/site.ts';
import type { ReadingPool } from '../harvest/reading-pool.ts';
import { queryOf } from '../http/query.ts';
import { readOnly } from '../http/read-only.ts';
import { sendPage } from '../http/send-page.ts';
import type { Services } from '../http/services.ts';
import { readAddress } from './address.ts';
import { type CheckTools, checkSite } from './check-site.ts';
import { CheckGate } from './gate.ts';
import { CHECK_STYLE } from './page-style.ts';
import { type Asked, renderPage } from './render-page.ts';
import { type Language, WORDS } from './words.ts';

/** `/check?url=`: the self-check, for machines and for people. Anybody may ask, of any public site; so all is bounded. */
export function checkRoutes(
  services: Pick<Services, 'federation' | 'rules' | 'log' | 'now' | 'sandbox' | 'tallies'>,
  pool: ReadingPool,
  testing: Pick<CheckTools, 'resolve' | 'ca' | 'gap' | 'time'> = {},
): Router {
  const { federation, rules, log, now, sandbox } = services;
  const tools: CheckTools = { federation, rules, pool, log, now, sandbox, ...testing };
  const gate = new CheckGate(federation.check, now, services.tallies);
  const router = Router();
  readOnly(router, '/check', async (req, res) => {
    const asked = readAsked(req);
    res.set({ 'X-Robots-Tag': 'noindex, nofollow', Vary: 'Accept, Accept-Language' });
    if (asked.page && asked.url === undefined) return send(res, asked, renderPage(asked, undefined, sandbox));
    const address = readAddress(asked.url);
    const { kind } = asked;
    const ask = { address, withRecord: federation.guidelines.public === 'all', ...(kind && { kind }) };
    const who = {
      from: req.ip,
      site: siteKeyOf(address.href) ?? address.hostname,
      key: `${kind ?? ''} ${address.href}`,
    };
    // Whoever only asks for headers doesn't set us upon a site.
    if (req.method === 'HEAD') return void res.status(200).end();
    const report = await gate.pass(who, () => checkSite(ask, tools));
    if (asked.page) return send(res, asked, renderPage(asked, report, sandbox));
    res.set({
      'Cache-Control': 'no-store',
      'Access-Control-Allow-Origin': '*',
      'X-Content-Type-Options': 'nosniff',
    });
    res.json(report);
    return undefined;
  });
  return router;
}

function readAsked(req: Request): Asked {
  const query = queryOf(req.url);
  const written = query.get('kind') || undefined;
  const kind: SiteKind | undefined = SITE_KINDS.find(known => known === written);
  if (written !== undefined && !kind)
    throw new CodedError('BAD_INPUT', `kind is one of ${SITE_KINDS.join(', ')}.`, {
      data: { vi: 'Loại trang phải là portal, unit hoặc press.' },
    });
  const url = query.get('url')?.trim() || undefined;
  return {
    page: req.accepts(['json', 'html']) === 'html',
    language: languageOf(query.get('lang'), req),
    ...(url !== undefined && { url }),
    ...(kind && { kind }),
  };
}

function languageOf(written: string | null, req: Request): Language {
  if (written === 'vi' || written === 'en') return written;
  return req.acceptsLanguages(['vi', 'en']) === 'en' ? 'en' : 'vi';
}

function send(
  res: Response,
  { language }: Asked,
  body: Parameters<typeof sendPage>[1]['body'],
): Promise<void> {
  return sendPage(res, {
    title: WORDS[language].title,
    language,
    style: CHECK_STYLE,
    body,
    cache: 'no-store',
  });
}
