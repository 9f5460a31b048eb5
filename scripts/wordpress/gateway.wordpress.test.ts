import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Gateway,
  removeFolder,
  runGateway,
  temporaryFolder,
  until,
} from '../../gateway/e2e/run-gateway.ts';
import { type Seeded, seed } from './posts.ts';
import { startWordPress, type WordPress } from './start.ts';

/** A real WordPress, through the whole program: harvested over two deaths, followed, republished, taken back. */
let site: WordPress;
let posts: Seeded;
let gateway: Gateway;
const consumer = new Map<string, Published>();

interface Published {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly content_html?: string;
}

interface ChangePage {
  readonly changes: readonly {
    readonly kind: string;
    readonly id: string;
    readonly item?: Published;
    readonly reason?: string;
  }[];
  readonly cursor: string;
  readonly upToDate: boolean;
}

beforeAll(async () => {
  site = await startWordPress();
  await site.php('wp_delete_post(1, true) && wp_delete_post(2, true)');
  posts = await seed(site);
}, 300_000);

afterAll(async () => {
  await gateway?.kill('SIGTERM');
  await site?.stop();
  if (gateway) removeFolder(gateway.dataDir);
}, 60_000);

const config = () => `gateway: { title: Tin thử }
fetch: { allowNetworks: ["${new URL(site.url).host}"] }
sites:
  - id: viec-lam
    name: Cục Việc làm
    kind: unit
    homepage: ${site.url}/
    sources:
      - { id: bai, connector: wordpress, every: { min: 1h, max: 1h }, since: 60d, options: { url: "${site.url}", perPage: 25 } }
`;

/** What a consumer holds that replays the change feed from zero. */
async function replay(): Promise<Map<string, Published>> {
  consumer.clear();
  for (let since = '', done = false; !done; ) {
    const answer = await fetch(`${gateway.url}/changes?limit=1000${since}`);
    const page = (await answer.json()) as ChangePage;
    for (const { kind, id, item } of page.changes) {
      if (kind === 'put' && item) consumer.set(id, item);
      else consumer.delete(id);
    }
    since = `&since=${page.cursor}`;
    done = page.upToDate;
  }
  return consumer;
}

const links = () => [...consumer.values()].map(({ url }) => url).sort();
const linksOf = async () =>
  (
    (await site.php(
      `array_map('get_permalink', get_posts(['numberposts' => -1, 'has_password' => false]))`,
    )) as string[]
  ).sort();
const harvest = () => gateway.ask('mutation { harvest(source: "viec-lam/bai") { requested } }');
const itemOf = async (post: number | undefined) => {
  const link = await site.php(`get_permalink($args['id'])`, { id: post });
  return [...consumer.values()].find(({ url }) => url === link);
};

describe('a real WordPress behind the gateway', () => {
  it('is republished whole, each post once, over two kill -9', async () => {
    const dataDir = temporaryFolder();
    gateway = await runGateway({ config: config(), dataDir });
    await until('a first batch', async () => (await replay()).size > 0);
    await gateway.kill('SIGKILL');
    gateway = await runGateway({ config: config(), dataDir });
    expect((await replay()).size).toBeLessThan(300);
    await gateway.kill('SIGKILL');
    gateway = await runGateway({ config: config(), dataDir });
    // The lease of the dead has to run out first.
    await until('300 items', async () => (await replay()).size >= 300, 150_000);
    expect(links()).toEqual(await linksOf());
  }, 200_000);

  it('has titles decoded once, and no executable remnant', () => {
    const all = [...consumer.values()];
    expect(
      all.filter(({ title }) => title === '0. Lãi suất vay vốn <5% & thêm 12.000 việc làm'),
    ).toHaveLength(1);
    expect(all.filter(({ title }) => title.trim() === '')).toEqual([]);
    const texts = all.map(({ content_html = '' }) => content_html).join('\n');
    expect(texts).toContain('Nội dung có mã');
    expect(texts).not.toMatch(/<script|<iframe|<style|onerror|onclick|javascript:/i);
  });

  it('answers with the fields of WordPress’ own', async () => {
    const item = await itemOf(posts.open[0]);
    const { item: answer } = await gateway.ask<{ item: object }>(
      `query ($id: ID!) { item(id: $id) { authors { name } categories own { __typename ... on WordPressPost { postId slug tags } } } }`,
      { id: item?.id },
    );
    expect(answer).toMatchObject({
      authors: [{ name: 'bientap' }],
      own: { __typename: 'WordPressPost', postId: posts.open[0], slug: 'tin-so-0' },
    });
  });

  it('follows an edit and a changed slug under the same id', async () => {
    const [edited, moved] = [posts.open[5], posts.open[120]];
    const before = [await itemOf(edited), await itemOf(moved)];
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_title' => 'Đã sửa tin năm'])`, { id: edited });
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_name' => 'duong-dan-moi'])`, { id: moved });
    await harvest();
    await until('both edits', async () => {
      await replay();
      return (
        links().some(url => url.endsWith('/duong-dan-moi/')) &&
        [...consumer.values()].some(({ title }) => title === 'Đã sửa tin năm')
      );
    });
    expect([(await itemOf(edited))?.id, (await itemOf(moved))?.id]).toEqual(before.map(item => item?.id));
    expect(consumer.size).toBe(300);
  });

  it('takes back what is trashed, hidden or closed, in every door, and gives back what returns', async () => {
    const [trashed, hidden, closed] = posts.open.slice(-3);
    const gone = [await itemOf(trashed), await itemOf(hidden), await itemOf(closed)];
    await site.php(`wp_trash_post($args['id'])`, { id: trashed });
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_status' => 'private'])`, { id: hidden });
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_password' => 'x'])`, { id: closed });
    await harvest();
    await until('297 items', async () => (await replay()).size === 297);
    const atom = await (await fetch(`${gateway.url}/feeds/all.atom`)).text();
    for (const item of gone) {
      expect(consumer.has(item?.id ?? '')).toBe(false);
      expect(atom).toContain(`ref="${item?.id}"`);
      expect((await fetch(`${gateway.url}/items/${item?.id}`)).status).toBe(410);
    }
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_status' => 'publish'])`, { id: hidden });
    await harvest();
    await until('298 items', async () => (await replay()).size === 298);
    expect(consumer.has(gone[1]?.id ?? '')).toBe(true);
  });

  it('withdraws nothing when a fifth of the site is suddenly gone', async () => {
    await site.php(`foreach ($args['ids'] as $id) wp_trash_post($id); return true;`, {
      ids: posts.open.slice(-63, -3),
    });
    await harvest();
    await until('the run has ended in an alarm', async () => gateway.output().includes('MASS_WITHDRAWAL'));
    expect((await replay()).size).toBe(298);
  });
});
