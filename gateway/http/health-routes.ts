import express, { type Response } from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { readOnly } from './read-only.ts';
import type { Services } from './services.ts';

/** Milliseconds the store may take to say that it is there. */
const PATIENCE = 2_000;

/** `/healthz`: this process answers. `/readyz`: its store does too; never waits for a harvest. */
export function createHealthRoutes({ store }: Pick<Services, 'store'>): express.Router {
  const router = express.Router();
  readOnly(router, '/healthz', (_req, res) => say(res, 200, { status: 'ok' }));
  readOnly(router, '/readyz', async (_req, res) => {
    try {
      await withinPatience(store.ready());
      say(res, 200, { status: 'ready' });
    } catch {
      const { code, message } = new CodedError('UNAVAILABLE', 'The store does not answer.');
      say(res, 503, { status: 'unavailable', error: { code, message } });
    }
  });
  return router;
}

function say(res: Response, status: number, body: object): void {
  res.status(status).set('Cache-Control', 'no-store').json(body);
}

async function withinPatience(ready: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), PATIENCE);
  });
  await Promise.race([ready, late]).finally(() => clearTimeout(timer));
}
