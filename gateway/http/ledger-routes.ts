import express from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { evidencePack, renderEvidence } from '../ledger/evidence-pack.ts';
import { latestRoot, readRoots } from '../ledger/roots.ts';
import type { Answers } from '../publish/answers.ts';
import { bearerOf, requireScope } from './access.ts';
import { readItemId } from './item-page.ts';
import { readOnly } from './read-only.ts';
import { sendAnswer } from './send.ts';
import type { Services } from './services.ts';

/** Newest roots given out: more than the two years that rows are kept at least. */
const ROOTS = 800;

/**
 * `/ledger/roots.json`: `{ algorithm, key, roots: [LedgerRoot] }`, newest first, for everybody to keep: what makes cutting the
 * ledger visible. `/ledger/items/<id>`: the evidence pack of one item as a page to print or as JSON, for `operate`.
 */
export function ledgerRoutes(services: Services, answers: Answers): express.Router {
  const { store, signer } = services;
  const router = express.Router();

  readOnly(router, '/ledger/roots.json', async (req, res) => {
    // A root moves no change number, so the newest one's day is part of what the answer is kept by.
    const newest = await latestRoot(store);
    const answer = answers.get(`ledger roots ${newest?.day ?? ''}`, async () => {
      const roots = await readRoots(store, ROOTS);
      const body = JSON.stringify({ algorithm: 'Ed25519', ...(signer && { key: signer.key }), roots });
      return { mediaType: 'application/json; charset=utf-8', body: `${body}\n` };
    });
    sendAnswer(req, res, await answer);
  });

  router.get('/ledger/items/:id', async (req, res) => {
    const { rights } = await bearerOf(req.headers.authorization, { ...services, keys: store.keys });
    requireScope(rights, 'operate');
    if (!signer) throw new CodedError('UNAVAILABLE', 'This process has no key to sign with.');
    const pack = await evidencePack(store, readItemId(req.params.id), signer);
    res.set({
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
      Vary: 'Accept, Authorization',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    });
    if (req.accepts(['html', 'json']) === 'json') res.json(pack);
    else res.type('html').send(renderEvidence(pack));
  });
  return router;
}
