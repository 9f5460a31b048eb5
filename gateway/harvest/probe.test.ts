import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Federation } from '../../schemas/federation.ts';
import type { Item } from '../../schemas/item.ts';
import type { LedgerEvent } from '../../schemas/ledger.ts';
import type { Republication } from '../../schemas/republication.ts';
import { seededFederation } from '../e2e/seed.ts';
import { anItem } from '../store/conformance/engine.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import type { HarvestTools } from './harvest-source.ts';
import { probeDue } from './probe.ts';
import { closeAll, type Handler, openFetch, openSite } from './sample-site.ts';
import { write } from './write-revisions.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let now: number;
let folder: string;
let store: Store;
let origin: string;
let answer: Handler;
let warnings: string[];
let federation: Federation;

/** The clock of probing is the machine's for looks and the store's for deeds: tests move both. */
const realNow = Date.now;

beforeEach(async () => {
  now = 1_800_000_000_000;
  Date.now = () => now;
  warnings = [];
  answer = page('Tin i');
  folder = mkdtempSync(join(tmpdir(), 'lienthong-probe-'));
  store = await openStore({ dataDir: folder, now: () => now });
  ({ origin } = await openSite((request, response) => answer(request, response)));
  const seeded = seededFederation();
  federation = {
    ...seeded,
    sites: seeded.sites.map(site => (site.id === 'bao-a' ? { ...site, homepage: `${origin}/` } : site)),
  };
});
afterEach(async () => {
  Date.now = realNow;
  await store.close();
  rmSync(folder, { recursive: true });
  await closeAll();
});

function page(title: string): Handler {
  return (_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<html><header>Báo A</header><h1>${title}</h1><p>Nội dung</p></html>`);
  };
}
const status =
  (code: number): Handler =>
  (_, response) =>
    response.writeHead(code).end();

function terms(mode: Republication['mode']): Republication {
  return {
    because: 'press',
    mode,
    media: false,
    audience: 'public',
    sourceReleased: now - 2 * HOUR,
    counted: 'declared',
    delay: HOUR,
  };
}

async function release(id: string, more: Partial<Item> = {}): Promise<void> {
  const item = {
    ...anItem(id, {
      site: 'bao-a',
      siteKind: 'press',
      source: 'bao-a/tin',
      link: `${origin}/tin/${id}`,
      title: `Tin ${id}`,
      republication: terms('full-text'),
      released: now,
    }),
    ...more,
  };
  await store.transaction(tx => write(tx, [{ item, change: { kind: 'put', item: id, backfill: false } }]));
}

async function probe(): Promise<void> {
  const fetchFor = openFetch({ timeout: 800 }).forSource;
  const quiet = () => undefined;
  const log = {
    debug: quiet,
    info: quiet,
    error: quiet,
    warn: (_: object, message: string) => void warnings.push(message),
  };
  await probeDue({ store, federation, fetchFor, log } as unknown as HarvestTools);
}

/** Lets the time pass, looking whenever something is due. */
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    now += MINUTE;
    while ((await store.records.due('sight', now, 1)).length > 0) await probe();
  }
}

const stateOf = async (id: string) => (await store.items.byIds([id]))[0];
const types = async () =>
  (await store.ledger.since(0, 500)).map(({ text }) => (JSON.parse(text) as LedgerEvent).type);

describe('a full text', () => {
  it('stays while its page is there', async () => {
    await release('i');
    await pass(200);
    expect((await stateOf('i'))?.visibility).toBe('RELEASED');
    expect(await types()).not.toContain('source.missing');
  });

  it('goes with a 410, within the time of one look, and says when it was last seen', async () => {
    await release('i');
    await pass(30);
    answer = status(410);
    const gone = now;
    await pass(25);
    expect(await stateOf('i')).toMatchObject({
      visibility: 'WITHDRAWN',
      visibilityReason: 'withdrawn',
      title: '',
    });
    const removed = (await store.ledger.since(0, 500))
      .map(({ text }) => JSON.parse(text))
      .find(({ type }) => type === 'source.removed');
    expect(removed.details.lastSeen).toBeLessThanOrEqual(gone);
    expect(removed.details.detectedAt - removed.details.lastSeen).toBeLessThan(180 * MINUTE);
    expect(await store.records.count('sight', {})).toBe(0);
  });

  it('goes with a 404 only when it is seen twice, ten minutes apart', async () => {
    await release('i');
    answer = status(404);
    while (!(await types()).includes('source.missing')) await pass(1);
    await pass(9);
    expect((await stateOf('i'))?.visibility).toBe('RELEASED');
    await pass(2);
    expect((await stateOf('i'))?.visibility).toBe('WITHDRAWN');
    expect(await types()).toEqual(
      expect.arrayContaining(['source.missing', 'source.removed', 'item.removed']),
    );
  });

  it('goes with the site’s own words in the site’s own frame', async () => {
    await release('i');
    answer = page('Bài viết không tồn tại hoặc đã bị gỡ');
    await pass(35);
    expect((await stateOf('i'))?.visibility).toBe('WITHDRAWN');
  });

  it.each<[string, Handler]>([
    ['an hour of 503', status(503)],
    [
      'a captcha',
      (_, response) =>
        response.end(
          '<html><script src="https://www.google.com/recaptcha/g-recaptcha.js"></script>không tồn tại</html>',
        ),
    ],
    [
      'a robot check that sets a cookie',
      (_, response) => response.end('<html><script>document.cookie="a=1";location.reload()</script></html>'),
    ],
    ['a page that differs', page('Trang chủ')],
    ['403', status(403)],
  ])('is never taken down by %s: hidden at 120 minutes, back when the page is', async (_what, trouble) => {
    await release('i');
    answer = trouble;
    await pass(115);
    expect((await stateOf('i'))?.visibility).toBe('RELEASED');
    await pass(20);
    expect(await stateOf('i')).toMatchObject({
      visibility: 'HIDDEN',
      visibilityReason: 'doubt',
      title: 'Tin i',
    });
    await pass(300);
    expect((await stateOf('i'))?.visibility).toBe('HIDDEN');
    answer = page('Tin i');
    await pass(20);
    expect((await stateOf('i'))?.visibility).toBe('RELEASED');
    expect((await store.changes.ofItems(['i']))[0]).toMatchObject({ kind: 'put' });
  });
});

describe('a headline', () => {
  it('stays in doubt, and leaves when its time is over', async () => {
    await release('i', { republication: terms('headline-link'), content: '' });
    answer = status(503);
    await pass(200);
    expect((await stateOf('i'))?.visibility).toBe('RELEASED');
    answer = page('Tin i');
    now += 7 * 24 * HOUR;
    await pass(5);
    expect(await stateOf('i')).toMatchObject({ visibility: 'WITHDRAWN', visibilityReason: 'expired' });
    expect((await store.changes.ofItems(['i']))[0]).toMatchObject({ kind: 'tombstone', reason: 'expired' });
  });
});

describe('a site that is ill', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];

  it('loses nothing by 404s on every page, and the operator hears of it', async () => {
    for (const id of ids) await release(id, { title: `Tin ${id}` });
    answer = status(404);
    await pass(110);
    const states = await store.items.byIds(ids);
    expect(states.map(({ visibility }) => visibility)).toEqual(ids.map(() => 'RELEASED'));
    expect(warnings).not.toEqual([]);
    await pass(30);
    expect((await store.items.byIds(ids)).map(({ visibility }) => visibility)).toEqual(
      ids.map(() => 'HIDDEN'),
    );
  });

  it('is not ill when other pages are there: four that are gone go', async () => {
    for (const id of ids) await release(id);
    answer = (request, response) => {
      const id = request.url?.split('/').at(-1) ?? '';
      if ('abcd'.includes(id)) response.writeHead(404).end();
      else page(`Tin ${id}`)(request, response);
    };
    await pass(120);
    const left = (await store.items.byIds(ids)).filter(({ visibility }) => visibility === 'RELEASED');
    expect(left.map(({ id }) => id)).toEqual(['e', 'f']);
  });
});

it('leaves alone an item that a person held meanwhile', async () => {
  await release('i');
  await store.transaction(async tx => {
    const item = (await tx.items.current(['i'])).get('i');
    if (item)
      await write(tx, [
        { item: { ...item, visibility: 'HIDDEN', visibilityReason: 'operator' }, before: item },
      ]);
  });
  expect(await store.records.count('sight', {})).toBe(0);
  answer = status(410);
  await pass(60);
  expect((await stateOf('i'))?.visibility).toBe('HIDDEN');
});
