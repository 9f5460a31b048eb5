import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { ALARM_KIND_IDS, type AlarmKindId } from '../../schemas/alarms.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { LedgerType } from '../../schemas/ledger.ts';
import type { PressAgreement, Republication } from '../../schemas/republication.ts';
import { except, recordAgreement } from '../acts/agreements.ts';
import { answerComplaint, complain } from '../acts/complaints.ts';
import { hold, release } from '../acts/hold.ts';
import { takeDown } from '../acts/take-down.ts';
import { askWithdrawal, decideWithdrawal, makeContact } from '../acts/withdrawals.ts';
import { settleTakeDowns } from '../deliver/settle-take-downs.ts';
import { openDeliverTools } from '../deliver/thread.ts';
import { type Alerting, byWebhook, harvested, MORNING, openAlerting, type Replica } from '../e2e/alerting.ts';
import { startFakeSubscriber } from '../e2e/fake-subscriber.ts';
import { idOf, newItem, saveItems, seededFederation } from '../e2e/seed.ts';
import { keepFit } from '../graph/remote/keep-fit.ts';
import { noteDoubts } from '../harvest/note-doubts.ts';
import { sampleCertificate } from '../harvest/sample-certificate.ts';
import { createKey } from '../http/access.ts';
import { signRoots } from '../ledger/roots.ts';
import { openSigner } from '../ledger/signer.ts';
import { createLog } from '../log.ts';
import { connect } from '../store/sqlite/database.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BY = { actor: 'operator', reason: 'Theo quy trình' };
/** Kinds whose turning on and off is seen here; the last test holds it against the list of all. */
const seen = new Set<AlarmKindId>();

let world: Alerting;
afterEach(async () => {
  await world.close();
});

/** A world that is well: every source gives items and was just harvested. */
async function open(changes: Partial<Federation> = {}, folder = tmpdir()): Promise<Replica> {
  world = await openAlerting(changes, { folder });
  for (const { name } of world.federation.sources)
    await world.store.transaction(tx => tx.work.count(name, 3));
  await allWell();
  return world.replica();
}

async function allWell(): Promise<void> {
  for (const { name } of world.federation.sources) await harvested(world.store, name);
}

/** Looks now, and gives the alarms of this kind that are open: subject, and step where it is above none. */
async function standing(replica: Replica, kind: AlarmKindId): Promise<string[]> {
  await replica.look();
  const open = await world.store.records.find('alarm', { states: ['open'], first: 100 });
  const of = open.filter(({ document }) => document.kind === kind);
  if (of.length > 0) seen.add(kind);
  return of.map(({ document: { subject, step } }) => (step > 0 ? `${subject} +${step}` : subject)).toSorted();
}

/** Time passes, and the sources are harvested well meanwhile. */
async function pass(milliseconds: number): Promise<void> {
  world.clock += milliseconds;
  await allWell();
}

it('nothing is told where everything is well', async () => {
  const replica = await open();
  await pass(HOUR);
  await replica.look();
  expect(await world.store.records.find('alarm', { first: 9 })).toEqual([]);
});

it('source-failing: every harvest has failed for six hours, until one succeeds', async () => {
  const replica = await open();
  const DOWN = { code: 'CIRCUIT_OPEN', message: 'x' };
  const others = world.federation.sources.filter(({ site }) => site !== 'cong');
  world.clock += 6 * HOUR - 1;
  for (const { name } of others) await harvested(world.store, name);
  await harvested(world.store, 'cong/tin', DOWN);
  expect(await standing(replica, 'source-failing')).toEqual([]);
  world.clock += 1;
  expect(await standing(replica, 'source-failing')).toEqual(['cong/tin']);
  await harvested(world.store, 'cong/tin');
  expect(await standing(replica, 'source-failing')).toEqual([]);
});

it('source-failing: not of one that is paused, left or switched off', async () => {
  const replica = await open();
  world.clock += 7 * HOUR;
  for (const { name } of world.federation.sources)
    await harvested(world.store, name, { code: 'SITE_FAILED', message: 'x' });
  await world.store.work.pause('cong/tin', { reason: 'bảo trì' });
  const sources = world.federation.sources.filter(({ site }) => site !== 'bao-a');
  const off = sources.map(one => (one.site === 'bao-hiem' ? { ...one, enabled: false } : one));
  await replica.stop();
  const other = await world.replica({ sources: off });
  expect(await standing(other, 'source-failing')).toEqual(['viec-lam/tin']);
});

it('source-gone: its address answers 404 for an hour, told as that and not as failing', async () => {
  const replica = await open();
  world.clock += HOUR;
  await harvested(world.store, 'cong/tin', { code: 'SITE_NOT_FOUND', message: 'nothing here (404)' });
  expect(await standing(replica, 'source-gone')).toEqual(['cong/tin']);
  world.clock += 9 * HOUR;
  expect(await standing(replica, 'source-failing')).toEqual([]);
  await harvested(world.store, 'cong/tin');
  expect(await standing(replica, 'source-gone')).toEqual([]);
});

it('source-empty: never gave anything in six hours, until it does', async () => {
  world = await openAlerting();
  const replica = await world.replica();
  world.clock += 6 * HOUR;
  await allWell();
  expect(await standing(replica, 'source-empty')).toHaveLength(4);
  for (const name of ['cong/tin', 'viec-lam/tin', 'bao-hiem/tin'])
    await world.store.transaction(tx => tx.work.count(name, 1));
  expect(await standing(replica, 'source-empty')).toEqual(['bao-a/tin']);
});

it('source-empty: gave items and ran empty, until its document shows something again', async () => {
  const replica = await open();
  await noteDoubts(world.store, 'cong/tin', { created: 0, enough: false, overreaching: [], listed: 0 });
  await pass(5 * HOUR);
  // An unchanged document is not read anew and says nothing.
  await noteDoubts(world.store, 'cong/tin', { created: 0, enough: false, overreaching: [] });
  expect(await standing(replica, 'source-empty')).toEqual([]);
  await pass(HOUR);
  expect(await standing(replica, 'source-empty')).toEqual(['cong/tin']);
  await noteDoubts(world.store, 'cong/tin', { created: 0, enough: false, overreaching: [], listed: 4 });
  expect(await standing(replica, 'source-empty')).toEqual([]);
});

it.each(['MASS_WITHDRAWAL', 'MASS_ARRIVAL'])(
  'mass-change: a harvest stops by %s, until one goes through',
  async code => {
    const replica = await open();
    await pass(HOUR);
    await harvested(world.store, 'cong/tin', { code, message: '90 of 100 items are missing at once.' });
    expect(await standing(replica, 'mass-change')).toEqual([]);
    world.clock += 1;
    await harvested(world.store, 'cong/tin', { code, message: '90 of 100 items are missing at once.' });
    expect(await standing(replica, 'mass-change')).toEqual(['cong/tin']);
    await harvested(world.store, 'cong/tin');
    expect(await standing(replica, 'mass-change')).toEqual([]);
  },
);

it('rule-overreach: a rule touches much of what is new, until a harvest is well or a day has passed', async () => {
  const replica = await open();
  const overreach = {
    created: 40,
    enough: true,
    overreaching: [{ rule: 'article-blocked-links', touched: 12 }],
  };
  await noteDoubts(world.store, 'cong/tin', overreach);
  expect(await standing(replica, 'rule-overreach')).toEqual(['cong/tin article-blocked-links']);
  await noteDoubts(world.store, 'cong/tin', { created: 2, enough: false, overreaching: [] });
  expect(await standing(replica, 'rule-overreach')).toHaveLength(1);
  await noteDoubts(world.store, 'cong/tin', { created: 25, enough: true, overreaching: [] });
  expect(await standing(replica, 'rule-overreach')).toEqual([]);
  await pass(DAY + HOUR);
  await noteDoubts(world.store, 'cong/tin', overreach);
  expect(await standing(replica, 'rule-overreach')).toHaveLength(1);
  await pass(DAY + 1);
  expect(await standing(replica, 'rule-overreach')).toEqual([]);
});

it('harvest-stalled: sources are due and nobody begins any, until somebody does; a fresh start is no stall', async () => {
  const replica = await open();
  world.clock += 41 * MINUTE;
  expect(await standing(replica, 'harvest-stalled')).toEqual([]);
  world.clock += 2 * MINUTE;
  expect(await standing(replica, 'harvest-stalled')).toEqual(['harvest']);
  await harvested(world.store, 'cong/tin');
  expect(await standing(replica, 'harvest-stalled')).toEqual([]);
});

it('takedown-slow: a receiver has not confirmed in 90 minutes, again at the deadline, until it has', async () => {
  const subscriber = await startFakeSubscriber();
  const replica = await open();
  const { store } = world;
  const tools = openDeliverTools({
    store,
    federation: world.federation,
    formats: [],
    sandbox: false,
    log: createLog('silent', 'test'),
  });
  await store.deliveries.register([
    { id: 'webhook:a', callback: `${subscriber.url}/a`, host: subscriber.host },
  ]);
  await saveItems(store, [newItem('cong', 'x')]);
  await takeDown(store, { ...BY, items: [idOf('cong', 'x')], links: [], urgent: true, sender: 'Cục A' });
  await pass(89 * MINUTE);
  await settleTakeDowns(tools);
  expect(await standing(replica, 'takedown-slow')).toEqual([]);
  await pass(MINUTE);
  expect(await standing(replica, 'takedown-slow')).toHaveLength(1);
  await pass(5 * HOUR);
  expect((await standing(replica, 'takedown-slow'))[0]).toMatch(/ \+1$/);
  await settleTakeDowns(tools);
  expect(await standing(replica, 'takedown-slow')).toEqual([]);
  await tools.close();
  await subscriber.stop();
});

it('takedown-slow: a publisher’s call is undecided, until it is decided', async () => {
  const replica = await open();
  const { store } = world;
  await saveItems(store, [newItem('bao-a', 'x')]);
  const code = await makeContact(store, 'bao-a', 'Bà B', 'operator');
  const links = ['https://bao-a.example.vn/x'];
  const { id } = await askWithdrawal(store, { site: 'bao-a', code, links, reason: 'Sai sự thật' });
  await pass(90 * MINUTE);
  expect(await standing(replica, 'takedown-slow')).toEqual([id]);
  await pass(90 * MINUTE);
  expect(await standing(replica, 'takedown-slow')).toEqual([`${id} +1`]);
  await decideWithdrawal(store, id, true, BY);
  expect(await standing(replica, 'takedown-slow')).toEqual([]);
});

it('takedown-slow: press items not seen at their source and still out, one alarm a paper; others have no such duty', async () => {
  const replica = await open();
  const { store } = world;
  const republication: Republication = {
    because: 'press',
    mode: 'headline-link',
    media: false,
    audience: 'public',
    sourceReleased: MORNING,
    counted: 'published',
    delay: HOUR,
  };
  await saveItems(store, [
    newItem('bao-a', 'x', { republication }),
    newItem('bao-a', 'y', { republication }),
    newItem('cong', 'z'),
  ]);
  const doubt = (site: string, key: string) =>
    store.transaction(tx =>
      tx.records.put({
        kind: 'sight',
        id: idOf(site, key),
        item: idOf(site, key),
        site,
        state: 'doubt',
        at: MORNING,
        document: { link: `https://${site}.example.vn/${key}`, source: `${site}/tin`, lastSeen: MORNING },
      }),
    );
  for (const key of ['x', 'y']) await doubt('bao-a', key);
  await doubt('cong', 'z');
  await pass(95 * MINUTE);
  // The first of two looks ten minutes apart: an ordinary removal is through before anybody is told.
  expect(await standing(replica, 'takedown-slow')).toEqual([]);
  await pass(15 * MINUTE);
  expect(await standing(replica, 'takedown-slow')).toEqual(['bao-a']);
  await pass(70 * MINUTE);
  expect(await standing(replica, 'takedown-slow')).toEqual(['bao-a +1']);
  await store.transaction(tx => tx.records.remove('sight', [idOf('bao-a', 'x'), idOf('bao-a', 'y')]));
  expect(await standing(replica, 'takedown-slow')).toEqual([]);
});

it('hold-waiting: items wait for a person for a day, counted from when they were held; one alarm a site', async () => {
  const replica = await open();
  const { store } = world;
  const waits = { visibility: 'HELD', visibilityReason: 'rule:x', firstSeen: MORNING } as const;
  const kept = [newItem('cong', 'a', waits), newItem('cong', 'b', waits)].map(
    ({ released: _out, ...item }) => item,
  );
  await saveItems(store, [...kept, newItem('viec-lam', 'old', { firstSeen: MORNING - 30 * DAY })]);
  await pass(DAY - HOUR);
  await hold(store, idOf('viec-lam', 'old'), BY);
  await pass(HOUR);
  expect(await standing(replica, 'hold-waiting')).toEqual(['cong']);
  await release(store, idOf('cong', 'a'), BY);
  expect(await standing(replica, 'hold-waiting')).toEqual(['cong']);
  await release(store, idOf('cong', 'b'), BY);
  expect(await standing(replica, 'hold-waiting')).toEqual([]);
  await pass(DAY);
  expect(await standing(replica, 'hold-waiting')).toEqual(['viec-lam']);
});

it('complaint-waiting: a complaint has no answer in a day, until it has', async () => {
  const replica = await open();
  const { id } = await complain(world.store, { text: 'Tin này sai ngày tháng.' });
  await pass(DAY - 1);
  expect(await standing(replica, 'complaint-waiting')).toEqual([]);
  await pass(1);
  expect(await standing(replica, 'complaint-waiting')).toEqual([id]);
  await answerComplaint(world.store, id, false, BY);
  expect(await standing(replica, 'complaint-waiting')).toEqual([]);
});

it('duties-unmet: the look at ourselves found a duty wanting, until it finds it met', async () => {
  const replica = await open();
  const judged = (rules: readonly string[]) =>
    world.store.transaction(tx =>
      tx.problems.save([
        {
          subject: 'gateway',
          id: 'gateway',
          site: 'gateway',
          at: world.clock,
          pack: 'own-duties',
          score: { met: 1, known: 2, weight: 2 },
          met: [],
          unknown: [],
          problems: rules.map(rule => ({
            rule,
            severity: 'must',
            consequence: 'own-duty',
            path: 'x',
            message: { vi: 'Chưa đạt.', en: 'Not met.' },
          })),
        },
      ]),
    );
  await judged(['republish-attribution', 'republish-retention']);
  expect(await standing(replica, 'duties-unmet')).toEqual(['republish-attribution', 'republish-retention']);
  await judged(['republish-retention']);
  expect(await standing(replica, 'duties-unmet')).toEqual(['republish-retention']);
  await judged([]);
  expect(await standing(replica, 'duties-unmet')).toEqual([]);
});

it('subscriber-given-up: deliveries were disabled by failing, not by the operator, until they are enabled', async () => {
  const replica = await open();
  const { deliveries } = world.store;
  await deliveries.register(
    ['a', 'b'].map(name => ({
      id: `webhook:${name}`,
      callback: `https://${name}.example/`,
      host: `${name}.example:443`,
    })),
  );
  await deliveries.change('webhook:a', { state: 'disabled', reason: 'failing' });
  await deliveries.change('webhook:b', { state: 'disabled', reason: 'operator' });
  expect(await standing(replica, 'subscriber-given-up')).toEqual(['webhook:a']);
  await deliveries.change('webhook:a', { state: 'active' });
  expect(await standing(replica, 'subscriber-given-up')).toEqual([]);
});

it('channel-failing: nothing goes out by a channel for half an hour, until something does', async () => {
  const subscriber = await startFakeSubscriber();
  subscriber.behaviours.set('/a', { status: 500 });
  const replica = await open({ alerts: [byWebhook(`${subscriber.url}/a`)] });
  await complain(world.store, { text: 'Tin này sai ngày tháng.' });
  await pass(DAY);
  await replica.look();
  await replica.send();
  await pass(31 * MINUTE);
  expect(await standing(replica, 'channel-failing')).toEqual(['hook']);
  subscriber.behaviours.set('/a', { status: 204 });
  await replica.send();
  expect(await standing(replica, 'channel-failing')).toEqual([]);
  await subscriber.stop();
});

/** The seeded sources, of which `cong/tin` is asked live. */
function askedLive(live: object = {}): Federation['sources'] {
  const options = {
    url: 'https://cong.example.vn/graphql',
    live: { type: 'A', key: 'id', entry: { field: 'a', argument: 'id' }, fields: ['views'], ...live },
  };
  return seededFederation().sources.map(one => (one.name === 'cong/tin' ? { ...one, options } : one));
}

it('schema-changed: a site’s schema does not fit, until it fits again', async () => {
  const replica = await open({ sources: askedLive() });
  const tellFit = keepFit(world.store, createLog('silent', 'test'));
  tellFit('cong/tin', ['Article has no field views.']);
  await settled(async () => (await world.store.records.get('remote-schema', 'cong/tin')) !== undefined);
  expect(await standing(replica, 'schema-changed')).toEqual(['cong/tin']);
  tellFit('cong/tin', []);
  await settled(async () => (await world.store.records.get('remote-schema', 'cong/tin')) === undefined);
  expect(await standing(replica, 'schema-changed')).toEqual([]);
});

it.each<[string, () => Federation['sources']]>([
  ['its schema is pinned', () => askedLive({ sdl: 'cong.graphql' })],
  ['it is asked live no more', () => seededFederation().sources],
])('schema-changed: is over when %s', async (_what, sources) => {
  const replica = await open({ sources: askedLive() });
  keepFit(world.store, createLog('silent', 'test'))('cong/tin', ['Article has no field views.']);
  await settled(async () => (await world.store.records.get('remote-schema', 'cong/tin')) !== undefined);
  expect(await standing(replica, 'schema-changed')).toEqual(['cong/tin']);
  await replica.stop();
  const other = await world.replica({ sources: sources() });
  expect(await standing(other, 'schema-changed')).toEqual([]);
});

it.each<[string, string, string]>([
  [
    'a row is changed',
    "UPDATE ledger SET text = replace(text, 'Một', 'Hai') WHERE seq = 2",
    "UPDATE ledger SET text = replace(text, 'Hai', 'Một') WHERE seq = 2",
  ],
  ['a row is chained anew', "UPDATE ledger SET hash = replace(hash, 'a', 'b') WHERE seq = 3", ''],
  ['a row is gone', 'DELETE FROM ledger WHERE seq = 2', ''],
  ['the tail is cut', 'DELETE FROM ledger WHERE seq = 4', ''],
])(
  'ledger-broken: %s, found however old it is, and still known after a restart',
  async (_what, spoil, mend) => {
    const replica = await open();
    const { store } = world;
    for (const name of ['Không', 'Một', 'Ba', 'Bốn'])
      await store.transaction(async tx =>
        tx.ledger.append({ type: 'config.changed', actor: 'operator', details: { name } }),
      );
    expect(await standing(replica, 'ledger-broken')).toEqual([]);
    const db = connect(join(world.dataDir, 'lienthong.db'));
    db.exec('DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete');
    db.exec(spoil);
    expect(await standing(replica, 'ledger-broken')).toEqual(['ledger']);
    await replica.stop();
    const again = await world.replica();
    expect(await standing(again, 'ledger-broken')).toEqual(['ledger']);
    if (mend !== '') {
      db.exec(mend);
      expect(await standing(again, 'ledger-broken')).toEqual([]);
    }
    db.close();
  },
);

it('ledger-broken: the newest signed root names another row', async () => {
  const replica = await open();
  const { store } = world;
  await store.transaction(async tx => tx.ledger.append({ type: 'config.changed', actor: 'operator' }));
  await pass(DAY);
  await signRoots(store, openSigner(world.dataDir));
  expect(await standing(replica, 'ledger-broken')).toEqual([]);
  const [root] = await store.records.find('ledger-root', { first: 1 });
  if (!root) throw new Error('no root');
  await store.transaction(tx =>
    tx.records.put({ ...root, document: { ...root.document, hash: 'f'.repeat(64) } }),
  );
  expect(await standing(replica, 'ledger-broken')).toEqual(['ledger']);
  await store.transaction(tx => tx.records.put(root));
  expect(await standing(replica, 'ledger-broken')).toEqual([]);
});

it('ledger-unsigned: yesterday has no signed root two hours into the day, until it has', async () => {
  const replica = await open();
  const { store } = world;
  await store.transaction(async tx => tx.ledger.append({ type: 'config.changed', actor: 'operator' }));
  const midnight = Date.parse('2026-11-24T00:00:00+07:00');
  await pass(midnight - MORNING + HOUR);
  expect(await standing(replica, 'ledger-unsigned')).toEqual([]);
  await pass(HOUR);
  expect(await standing(replica, 'ledger-unsigned')).toEqual([]);
  await pass(5 * MINUTE);
  expect(await standing(replica, 'ledger-unsigned')).toEqual(['ledger']);
  expect(await signRoots(store, openSigner(world.dataDir))).toBe(1);
  expect(await standing(replica, 'ledger-unsigned')).toEqual([]);
});

it('disk-low: the data folder’s disk fills up, until there is room again', async () => {
  // Memory where there is a file system of it: nobody else fills it meanwhile.
  const folder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const { bavail, bsize } = statfsSync(folder);
  const MIB = 1024 ** 2;
  const replica = await open({ alarms: { 'disk-low': { threshold: bavail * bsize - 64 * MIB } } }, folder);
  expect(await standing(replica, 'disk-low')).toEqual([]);
  const file = join(world.dataDir, 'filler');
  writeFileSync(file, randomBytes(128 * MIB));
  expect(await standing(replica, 'disk-low')).toEqual(['data']);
  rmSync(file);
  expect(await standing(replica, 'disk-low')).toEqual([]);
});

it('store-failing: the store can’t be written, told straight, until it can', async () => {
  const subscriber = await startFakeSubscriber();
  const replica = await open({ alerts: [byWebhook(`${subscriber.url}/a`)] });
  const db = connect(join(world.dataDir, 'lienthong.db'));
  const texts = () => subscriber.posts('/a').map(({ body }) => (JSON.parse(body) as { text: string }).text);
  db.exec('ALTER TABLE record RENAME TO away');
  for (let round = 0; round < 2; round += 1) await replica.look();
  expect(texts()).toEqual([]);
  for (let round = 0; round < 3; round += 1) await replica.look();
  expect(texts()).toEqual([expect.stringContaining('Kho dữ liệu không ghi được (no such table: record)')]);
  seen.add('store-failing');
  db.exec('ALTER TABLE away RENAME TO record');
  db.close();
  for (let round = 0; round < 2; round += 1) await replica.look();
  expect(texts().slice(1)).toEqual([expect.stringContaining('Đã hết: Kho dữ liệu không ghi được')]);
  await subscriber.stop();
});

it('agreement-ending: 30, 7, 1 and no days before its end, until another one follows', async () => {
  const until = MORNING + 30 * DAY;
  const agreement: PressAgreement = {
    id: 'TT-1',
    site: 'bao-a',
    parties: [],
    mode: 'full-text',
    media: false,
    audience: 'public',
    from: 0,
    until,
    document: `sha256:${'0'.repeat(64)}`,
  };
  const { republication } = seededFederation();
  const replica = await open({ republication: { ...republication, agreements: [agreement] } });
  const at = async (moment: number) => {
    await pass(moment - world.clock);
    return standing(replica, 'agreement-ending');
  };
  expect(await at(until - 30 * DAY - 1)).toEqual([]);
  expect(await at(until - 30 * DAY)).toEqual(['TT-1']);
  expect(await at(until - 7 * DAY)).toEqual(['TT-1 +1']);
  expect(await at(until - DAY)).toEqual(['TT-1 +2']);
  expect(await at(until)).toEqual(['TT-1 +3']);
  const next = { ...agreement, id: 'TT-2', from: until - DAY, until: until + 365 * DAY };
  await recordAgreement(world.store, world.federation, next, BY);
  expect(await standing(replica, 'agreement-ending')).toEqual([]);
});

it('licence-ending: a date of expiry anywhere in a site’s record, until it is moved', async () => {
  const replica = await open();
  const withDate = (expires: string) => ({
    sites: world.federation.sites.map(site =>
      site.id === 'cong' ? { ...site, registry: { aggregatorLicence: { no: '1/GP', expires } } } : site,
    ),
  });
  expect(await standing(replica, 'licence-ending')).toEqual([]);
  await replica.stop();
  const near = await world.replica(withDate('2026-12-10'));
  expect(await standing(near, 'licence-ending')).toEqual(['cong aggregatorLicence.expires']);
  await near.stop();
  expect(await standing(await world.replica(withDate('10/12/2031')), 'licence-ending')).toEqual([]);
});

it('exception-ending: a week before a rule acts on a site again, until it is extended', async () => {
  const replica = await open();
  const rules = [{ id: 'media-alt' }];
  const grant = (until: number) =>
    except(
      world.store,
      { federation: world.federation, rules },
      { rule: 'media-alt', site: 'cong', reason: 'x', author: 'y', until },
      BY,
    );
  await grant(MORNING + 8 * DAY);
  expect(await standing(replica, 'exception-ending')).toEqual([]);
  await pass(DAY);
  expect(await standing(replica, 'exception-ending')).toEqual(['cong media-alt']);
  await grant(MORNING + 90 * DAY);
  expect(await standing(replica, 'exception-ending')).toEqual([]);
});

it('key-ending: a key in use is about to expire, until it is revoked; a short-lived one is told late', async () => {
  const replica = await open();
  const { keys } = world.store;
  const make = (days: number) =>
    createKey(keys, { title: 'Cổng', scopes: ['read'], created: MORNING, expires: MORNING + days * DAY });
  const {
    key: { id: long },
  } = await make(90);
  const {
    key: { id: short },
  } = await make(2);
  expect(await standing(replica, 'key-ending')).toEqual([]);
  await pass(DAY);
  expect(await standing(replica, 'key-ending')).toEqual([short]);
  await keys.revoke(short);
  expect(await standing(replica, 'key-ending')).toEqual([]);
  await pass(60 * DAY);
  expect(await standing(replica, 'key-ending')).toEqual([long]);
  await keys.revoke(long);
  expect(await standing(replica, 'key-ending')).toEqual([]);
});

it('certificate-ending: our own, as it is seen, and each site’s, as its daily look saw it', async () => {
  const stamp = (at: number) => `${new Date(at).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`;
  const serve = async (until: number, port = 0): Promise<Server> => {
    const server = createServer(sampleCertificate('localhost', { until: stamp(until) })).listen(
      port,
      '127.0.0.1',
    );
    await once(server, 'listening');
    return server;
  };
  const first = await serve(MORNING + 20 * DAY);
  const { port } = first.address() as AddressInfo;
  const { gateway } = seededFederation();
  const replica = await open({ gateway: { ...gateway, publicUrl: `https://localhost:${port}` } });
  const audit = (certificateUntil: number) =>
    world.store.transaction(tx =>
      tx.records.put({
        kind: 'audit',
        id: 'cong',
        site: 'cong',
        at: world.clock,
        document: { requests: 1, milliseconds: 1, certificateUntil },
      }),
    );
  await audit(MORNING + 6 * DAY);
  expect(await standing(replica, 'certificate-ending')).toEqual(['cong.example.vn +1', `localhost:${port}`]);
  first.close();
  first.closeAllConnections();
  await audit(MORNING + 90 * DAY);
  await pass(7 * HOUR);
  // It can't be seen now: as it was.
  expect(await standing(replica, 'certificate-ending')).toEqual([`localhost:${port}`]);
  const second = await serve(MORNING + 365 * DAY, port);
  await pass(7 * HOUR);
  expect(await standing(replica, 'certificate-ending')).toEqual([]);
  second.close();
  second.closeAllConnections();
});

it('backup-old: none, or none for two days, until one is made', async () => {
  const replica = await open();
  const write = (type: LedgerType) =>
    world.store.transaction(async tx => tx.ledger.append({ type, actor: 'operator' }));
  await write('config.changed');
  await pass(2 * DAY - 1);
  expect(await standing(replica, 'backup-old')).toEqual([]);
  await pass(1);
  expect(await standing(replica, 'backup-old')).toEqual(['store']);
  await write('backup.made');
  expect(await standing(replica, 'backup-old')).toEqual([]);
  await pass(2 * DAY);
  expect(await standing(replica, 'backup-old')).toEqual(['store']);
  await write('backup.made');
  // It came on twice in a day or so: it is believed to be over a little later.
  await pass(11 * MINUTE);
  await replica.look();
  await pass(11 * MINUTE);
  expect(await standing(replica, 'backup-old')).toEqual([]);
});

it('a kind that is switched off is not told, and what stood open ends without a word', async () => {
  const replica = await open();
  await complain(world.store, { text: 'Tin này sai ngày tháng.' });
  await pass(DAY);
  expect(await standing(replica, 'complaint-waiting')).toHaveLength(1);
  await replica.stop();
  const off = await world.replica({ alarms: { 'complaint-waiting': { off: true } } });
  expect(await standing(off, 'complaint-waiting')).toEqual([]);
});

it('a watch that fails leaves its alarms as they were', async () => {
  const replica = await open();
  await complain(world.store, { text: 'Tin này sai ngày tháng.' });
  await pass(DAY);
  expect(await standing(replica, 'complaint-waiting')).toHaveLength(1);
  await replica.stop();
  const broken = await world.replica({}, [
    { kinds: ['complaint-waiting'], look: () => Promise.reject(new Error('no')) },
  ]);
  expect(await standing(broken, 'complaint-waiting')).toHaveLength(1);
});

it('every kind there is was seen on and off above', () => {
  expect([...seen].toSorted()).toEqual([...ALARM_KIND_IDS].toSorted());
  world = { close: async () => undefined } as Alerting;
});

async function settled(look: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await look()) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error('it never came');
}
