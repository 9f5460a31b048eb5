import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSeededServices, type SeededServices } from '../e2e/seeded-services.ts';
import { type Heard, heard } from './heard.ts';
import { changeSubscription, isTrusted, type Subscribed } from './subscription.ts';
import { answerHub } from './verify.ts';

let world: SeededServices;
beforeEach(async () => {
  world = await openSeededServices();
});
afterEach(() => world.close());

const SOURCE = 'viec-lam/tin';
const HUB = 'https://hub.example/';
const TOPIC = 'https://viec-lam.example.vn/rss';

function tools(publicUrl: string | null = 'https://tin.example.gov.vn') {
  const { store, federation, log } = world.services;
  const { reachable: _reachable, ...gateway } = federation.gateway;
  const more = publicUrl === null ? {} : { publicUrl, reachable: true as const };
  return { store, federation: { ...federation, gateway: { ...gateway, ...more } }, log };
}
const hear = (more: Partial<Heard> = {}, by = tools()) =>
  heard({ source: SOURCE, hub: { hubs: [HUB], self: TOPIC }, changed: false, ...more }, by);
const kept = () => world.store.records.find('hub-subscription', { first: 10 });
const one = async (): Promise<Subscribed> => {
  const [found, ...others] = await kept();
  if (!found || others.length > 0) throw new Error(`${others.length + 1} subscriptions`);
  return found;
};
const verify = async ({ id, document }: Subscribed) => {
  await changeSubscription(world.store, id, ({ document: before, ...rest }) => ({
    ...rest,
    document: { ...before, asked: { mode: 'subscribe', at: 0 } },
  }));
  const question = { mode: 'subscribe', topic: document.topic, challenge: 'x', seconds: 3_600, reason: '' };
  return answerHub(id, question, { ...world.services, ...tools() } as never);
};

describe('what a harvest hears of a hub', () => {
  it('is subscribed to once, however often it is heard', async () => {
    await hear();
    await hear();
    const { state, due, document } = await one();
    expect([state, due !== undefined, document.hub, document.topic]).toEqual(['asked', true, HUB, TOPIC]);
    expect(document.callback).toMatch(/^https:\/\/tin\.example\.gov\.vn\/websub\/viec-lam\/tin\/[\w-]{32}$/);
  });

  it('is only noted, and told once, where nobody can call us; and followed when somebody can', async () => {
    await hear({}, tools(null));
    await hear({}, tools(null));
    expect(await one()).toMatchObject({ state: 'off' });
    expect((await one()).due).toBeUndefined();
    expect(world.told.filter(({ message }) => message.includes('gateway.publicUrl'))).toHaveLength(1);
    await hear();
    expect(await one()).toMatchObject({ state: 'asked' });
  });

  it('is trusted once it is verified, until a harvest finds what it had not told', async () => {
    await hear({ changed: true });
    expect(await verify(await one())).toBe('x');
    const now = Date.now();
    expect(isTrusted(await one(), now)).toBe(true);
    expect(isTrusted(await one(), now + 3_700_000)).toBe(false);
    await hear({ changed: false });
    expect(isTrusted(await one(), now)).toBe(true);
    await hear({ changed: true });
    expect(isTrusted(await one(), now)).toBe(false);
  });

  it.each<[string, Partial<Heard>, string | undefined]>([
    ['another hub', { hub: { hubs: ['https://khac.example/'], self: TOPIC } }, undefined],
    ['another topic', { hub: { hubs: [HUB], self: `${TOPIC}?moi` } }, undefined],
    ['another address of ours', {}, 'https://moi.example.gov.vn'],
  ])('goes over to %s, and ends the old one', async (_what, more, publicUrl) => {
    await hear();
    await verify(await one());
    await hear(more, publicUrl === undefined ? tools() : tools(publicUrl));
    const all = await kept();
    expect(all.map(({ state }) => state).toSorted()).toEqual(['asked', 'ending']);
    const [id, other] = all.map(each => each.id);
    expect(id).not.toBe(other);
  });

  it('that names one more hub beside ours changes nothing', async () => {
    await hear();
    const before = await one();
    await hear({ hub: { hubs: ['https://moi.example/', HUB], self: TOPIC } });
    expect((await one()).id).toBe(before.id);
  });

  it('ends when the source names none any more', async () => {
    await hear();
    await verify(await one());
    await hear({ hub: { hubs: [] } });
    expect(await one()).toMatchObject({ state: 'ending' });
  });

  it('that was never verified is forgotten without a word to the hub', async () => {
    await hear();
    await hear({ hub: { hubs: [] } });
    expect(await kept()).toEqual([]);
  });
});
