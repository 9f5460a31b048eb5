import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Item } from '../../../schemas/item.ts';
import { ARTICLES } from '../../../schemas/stories/articles.example.ts';
import { asPublished, RE_POSTS } from '../../../schemas/stories/re-posts.example.ts';
import { readTelling, type Telling } from '../../../schemas/stories/reading.ts';
import { sketchOf } from '../../../schemas/stories/sketch.ts';
import { joinStories } from '../../stories/join-stories.ts';
import { probesOf } from '../../stories/places.ts';
import type { Store } from '../store.ts';
import { anItem, type Engine, type MakeEngine, put } from './engine.ts';

const [A, B, C] = ARTICLES.map(asPublished) as [Telling, Telling, Telling];
const FRAMED = (RE_POSTS['framed by the site'] ?? asPublished)(ARTICLES[0] as (typeof ARTICLES)[0]);
const CUT = (RE_POSTS['cut to its first half'] ?? asPublished)(ARTICLES[0] as (typeof ARTICLES)[0]);

/** An item with this text, whose hash moves with it. */
export function telling(
  id: string,
  site: string,
  text: Telling,
  change: Partial<Item> = {},
): Omit<Item, 'n'> {
  const link = `https://${site}.example/${id}`;
  const hash = `${id} ${text.title} ${text.contentText.length} ${text.summary.length}`;
  return anItem(id, { site, source: `${site}/a`, link, hash, ...text, ...change });
}

export async function joinAll(store: Store): Promise<void> {
  while ((await joinStories(store)) > 0);
}

export function storiesConform(makeEngine: MakeEngine): void {
  describe('stories', () => {
    let engine: Engine;
    let store: Store;
    beforeEach(async () => {
      engine = await makeEngine();
      store = await engine.open();
    });
    afterEach(() => engine.remove());

    const storyOf = async (id: string) => (await store.stories.ofItems([id])).get(id);
    const all = async (filter = {}) =>
      (await store.stories.page({ filter, first: 50 })).map(({ story }) => [
        story.first,
        ...story.others.map(({ item }) => item),
      ]);
    const hide = (item: Omit<Item, 'n'>) =>
      store.transaction(async tx => {
        await tx.items.save([{ ...item, visibility: 'HIDDEN' }]);
        tx.changes.append([{ kind: 'tombstone', item: item.id, reason: 'hidden' }]);
      });
    const erase = (id: string) => store.transaction(tx => tx.items.erase([id]));

    it('join what tells the same news: who was first, how alike the others are, and who names its source', async () => {
      await put(
        store,
        telling('copy', 'x', A, { listed: 3_000 }),
        telling('first', 'y', A, { listed: 1_000 }),
        telling('named', 'z', FRAMED, { listed: 2_000 }),
        telling('other', 'x', B, { listed: 1_500 }),
      );
      await joinAll(store);
      const story = await storyOf('first');
      expect(story).toMatchObject({
        first: 'first',
        at: 1_000,
        others: [
          { item: 'named', namesSource: true },
          { item: 'copy', score: 1, namesSource: false },
        ],
      });
      expect(story?.others[0]?.score).toBeGreaterThanOrEqual(0.9);
      expect(story?.id).toMatch(/^urn:uuid:[\da-f-]{36}$/);
      expect([await storyOf('copy'), await storyOf('other')]).toEqual([story, undefined]);
      expect(await joinStories(store)).toBe(0);
    });

    it('are the same in whatever order, in whatever batches, and by however many processes they are joined', async () => {
      const items = ARTICLES.slice(0, 3).flatMap((article, i) =>
        Object.values(RE_POSTS).map((rePost, k) =>
          telling(`${i}-${k}`, `site-${k}`, rePost(article), { listed: 1_000 + i * 100 + ((k * 7) % 15) }),
        ),
      );
      const told = async (orders: readonly (readonly Omit<Item, 'n'>[])[], joiners: number) => {
        const other = await makeEngine();
        const stores = await Promise.all(Array.from({ length: joiners }, () => other.open()));
        const [first] = stores as [Store];
        for (const order of orders) {
          await put(first, ...order);
          await Promise.all(stores.map(joinAll));
        }
        const page = await first.stories.page({ filter: {}, first: 50 });
        await other.remove();
        return page.map(({ story: { id: _id, ...story } }) => story);
      };
      const once = await told([items], 1);
      expect(once).toHaveLength(3);
      expect(await told([items.toReversed()], 1)).toEqual(once);
      expect(
        await told(
          items
            .map(item => [item])
            .slice(0, 30)
            .concat([items.slice(30)]),
          1,
        ),
      ).toEqual(once);
      expect(await told([items], 3)).toEqual(once);
    }, 60_000);

    it('keep what another process found while one compared', async () => {
      await put(store, telling('slow', 'x', A, { listed: 1_000 }));
      // While `slow` is compared another item comes, is joined by another process, and is like it.
      const second = await engine.open();
      await joinStories(store, async () => {
        await put(second, telling('quick', 'y', A, { listed: 2_000 }));
        await joinAll(second);
      });
      expect(await storyOf('slow')).toMatchObject({ first: 'slow', others: [{ item: 'quick' }] });
      // An edit that tells something else ends it all the same.
      await put(store, { ...telling('slow', 'x', B, { listed: 1_000 }), hash: 'another' });
      await joinAll(store);
      expect(await storyOf('slow')).toBeUndefined();
    });

    it('don’t keep what was found in a wording that another process has settled anew while one compared', async () => {
      await put(store, telling('edited', 'x', A, { listed: 1_000 }));
      await joinAll(store);
      await put(
        store,
        telling('slow', 'y', A, { listed: 2_000 }),
        telling('kept', 'z', A, { listed: 3_000 }),
      );
      const second = await engine.open();
      await joinStories(store, async () => {
        await put(second, telling('edited', 'x', B, { listed: 1_000 }));
        await joinAll(second);
      });
      await joinAll(store);
      expect(await all()).toEqual([['slow', 'kept']]);
      // Still alike in other words, it stays.
      await put(store, telling('late', 'w', B, { listed: 4_000 }));
      await joinStories(store, async () => {
        await put(second, { ...telling('edited', 'x', B, { listed: 1_000 }), hash: 'another' });
        await joinAll(second);
      });
      expect(await storyOf('late')).toMatchObject({ first: 'edited', others: [{ item: 'late', score: 1 }] });
    });

    it('show nobody who is hidden or withdrawn, at once; the next takes the place of the first', async () => {
      const first = telling('first', 'x', A, { listed: 1_000 });
      await put(
        store,
        first,
        telling('second', 'y', A, { listed: 2_000 }),
        telling('third', 'z', A, { listed: 3_000 }),
      );
      await joinAll(store);
      const id = (await storyOf('first'))?.id;
      await hide(first);
      const after = await store.stories.ofItems(['first', 'second']);
      expect(after.get('first')).toBeUndefined();
      expect(after.get('second')).toMatchObject({
        id,
        first: 'second',
        at: 2_000,
        others: [{ item: 'third' }],
      });
      expect(await all()).toEqual([['second', 'third']]);
      expect(await all({ sites: ['x'] })).toEqual([]);
      await joinAll(store);
      expect(await storyOf('second')).toEqual(after.get('second'));
      // Two items are the least.
      await erase('third');
      expect([await storyOf('second'), await all()]).toEqual([undefined, []]);
      await joinAll(store);
      expect(await all()).toEqual([]);
      await put(store, first);
      await joinAll(store);
      expect(await storyOf('first')).toMatchObject({ first: 'first', others: [{ item: 'second' }] });
    });

    it('hang together only over what the public can see', async () => {
      const [article] = ARTICLES as [(typeof ARTICLES)[0]];
      const halves = [article.paragraphs.slice(0, 2), article.paragraphs.slice(2)].map(
        (part): Telling => ({ title: article.title, summary: '', contentText: part.join(' ') }),
      ) as [Telling, Telling];
      const whole = telling('whole', 'x', A, { listed: 1 });
      await put(
        store,
        whole,
        telling('one', 'y', halves[0], { listed: 2 }),
        telling('two', 'z', halves[1], { listed: 3 }),
      );
      await joinAll(store);
      expect(await all()).toEqual([['whole', 'one', 'two']]);
      await hide(whole);
      await joinAll(store);
      expect(await all()).toEqual([]);
    });

    it('follow edits: what tells other news now leaves, and comes back', async () => {
      await put(store, telling('a', 'x', A, { listed: 1 }), telling('b', 'y', A, { listed: 2 }));
      await joinAll(store);
      const id = (await storyOf('a'))?.id;
      await put(store, telling('b', 'y', C, { listed: 2 }));
      await joinAll(store);
      expect([await storyOf('a'), await storyOf('b')]).toEqual([undefined, undefined]);
      await put(store, telling('b', 'y', CUT, { listed: 2 }));
      await joinAll(store);
      expect(await storyOf('b')).toMatchObject({ id, first: 'a' });
    });

    it('never draw two texts of one site into one story, unless they are one text', async () => {
      const edited = {
        ...A,
        contentText: A.contentText.replace('hàng dài người đã xếp hàng', 'người dân xếp hàng'),
      };
      await put(
        store,
        telling('x1', 'x', A, { listed: 1 }),
        telling('x2', 'x', A, { listed: 2 }),
        telling('x3', 'x', edited, { listed: 3 }),
      );
      await joinAll(store);
      expect(await all()).toEqual([]);
      await put(store, telling('y', 'y', A, { listed: 4 }));
      await joinAll(store);
      expect(await all()).toEqual([['x1', 'x2', 'y']]);
    });

    it('are of one time: a year later the same words are other news', async () => {
      const DAY = 24 * 60 * 60_000;
      await put(store, telling('a', 'x', A, { listed: 0 }), telling('b', 'y', A, { listed: 365 * DAY }));
      await put(
        store,
        telling('c', 'z', A, { listed: 59 * DAY }),
        telling('d', 'w', A, { listed: 421 * DAY }),
      );
      await joinAll(store);
      expect(await all()).toEqual([
        ['b', 'd'],
        ['a', 'c'],
      ]);
    });

    it('find a trimmed item by its whole text, and tell of it only what is public', async () => {
      const trimmed = telling(
        'p',
        'paper',
        { title: A.title, summary: '', contentText: '' },
        { listed: 1, siteKind: 'press', sourceHash: 'h' },
      );
      await put(store, { ...trimmed, visibility: 'HELD' });
      const document = { content: '', contentText: A.contentText, summary: A.summary, media: [], hash: 'h' };
      await store.transaction(tx =>
        tx.records.put({ kind: 'full-text', id: 'p', item: 'p', site: 'paper', at: 1, document }),
      );
      await put(store, telling('u', 'unit', FRAMED, { listed: 2 }));
      await joinAll(store);
      expect(await storyOf('u')).toBeUndefined();
      await put(store, trimmed);
      await joinAll(store);
      expect(await all({ kinds: ['press'] })).toEqual([['p', 'u']]);
    });

    it('page newest first, select by what any item of theirs is, and go on where they stopped', async () => {
      const at = (i: number) => ({ listed: 1_000 * (i >> 1) });
      const texts = ARTICLES.slice(0, 9).map(asPublished);
      await put(
        store,
        ...texts.flatMap((text, i) => [
          telling(`a${i}`, i % 2 ? 'x' : 'y', text, { ...at(i), topics: i === 3 ? ['t'] : [] }),
          telling(`b${i}`, i % 3 ? 'z' : 'w', text, { ...at(i), siteKind: i % 3 ? 'unit' : 'press' }),
        ]),
      );
      await joinAll(store);
      const walked: string[] = [];
      let after: { at: number; id: string } | undefined;
      for (;;) {
        const page = await store.stories.page({ filter: {}, first: 2, ...(after && { after }) });
        walked.push(...page.map(({ story }) => story.id));
        after = page.at(-1)?.place;
        if (page.length < 2) break;
      }
      const whole = await store.stories.page({ filter: {}, first: 50 });
      expect(walked).toEqual(whole.map(({ story }) => story.id));
      expect([new Set(walked).size, whole[0]?.place.at]).toEqual([9, 4_000]);
      const firsts = async (filter: object) => (await all(filter)).map(([first]) => first).toSorted();
      expect(await firsts({ sites: ['w'] })).toEqual(['a0', 'a3', 'a6']);
      expect(await firsts({ sites: ['x', 'w'], kinds: ['press'] })).toEqual(['a0', 'a3', 'a6']);
      expect(await firsts({ topics: ['t'], kinds: ['press'] })).toEqual(['a3']);
      expect(await firsts({ topics: ['t'], sites: ['y'] })).toEqual([]);
      expect(await firsts({ publishedAfter: 3_000, publishedBefore: 4_000 })).toEqual(['a6', 'a7']);
    });

    it('leave nothing of an erased text: no sketch, no bucket that leads to it', async () => {
      const probes = probesOf(sketchOf(readTelling(A)).buckets, 1, false);
      const found = async () => (await store.stories.look(probes)).flat().length;
      await put(store, telling('a', 'x', A, { listed: 1 }));
      await joinAll(store);
      expect(await found()).toBeGreaterThan(10);
      await erase('a');
      expect(await found()).toBe(0);
      await put(store, telling('b', 'y', A, { listed: 2 }));
      await joinAll(store);
      expect(await all()).toEqual([]);
      const [gone] = await store.items.byIds(['a']);
      expect((await store.stories.likenesses([gone?.n ?? 0])).size).toBe(0);
    });

    it('are not made of what was erased or edited while it was compared', async () => {
      await put(store, telling('a', 'x', A, { listed: 1 }));
      await joinAll(store);
      await put(store, telling('b', 'y', A, { listed: 2 }));
      await joinStories(store, () => erase('a'));
      expect(await all()).toEqual([]);
      await joinAll(store);
      await put(store, telling('c', 'z', A, { listed: 3 }));
      await joinStories(store, () => put(store, telling('c', 'z', B, { listed: 3 })));
      await joinAll(store);
      expect(await all()).toEqual([]);
      await joinAll(store);
      await put(store, telling('d', 'w', A, { listed: 4 }));
      await joinAll(store);
      expect(await all()).toEqual([['b', 'd']]);
    });

    it('write no change, but what is cached of them is stale', async () => {
      await put(store, telling('a', 'x', A, { listed: 1 }), telling('b', 'y', A, { listed: 2 }));
      const [before, { head }] = [await store.revision(), await store.changes.bounds()];
      await joinAll(store);
      expect(await store.revision()).toBeGreaterThan(before);
      expect((await store.changes.bounds()).head).toBe(head);
      const joined = await store.revision();
      await put(store, telling('c', 'x', C, { listed: 3 }));
      await joinAll(store);
      expect(await store.revision()).toBe(joined + 1);
      const cut = await store.revision();
      await put(store, telling('b', 'y', CUT, { listed: 2 }));
      await joinAll(store);
      expect(await store.revision()).toBe(cut + 2);
    });

    it('take what somebody took and never finished again', async () => {
      let now = 1_000;
      const timed = await engine.open(() => now);
      await put(timed, telling('a', 'x', A), telling('b', 'y', B));
      expect(await timed.stories.take(10, 60_000)).toHaveLength(2);
      expect(await timed.stories.take(10, 60_000)).toEqual([]);
      await put(timed, telling('b', 'y', C));
      expect((await timed.stories.take(10, 60_000)).map(({ id }) => id)).toEqual(['b']);
      now += 60_000;
      expect((await timed.stories.take(1, 60_000)).map(({ id }) => id)).toEqual(['b']);
      expect((await timed.stories.take(10, 60_000)).map(({ id }) => id)).toEqual(['a']);
    });

    it('stay few however often one text is put out, and what one more costs stays bounded', async () => {
      const many = Array.from({ length: 80 }, (_, i) => telling(`m${i}`, `site-${i % 40}`, A, { listed: i }));
      await put(store, ...many);
      await joinAll(store);
      const [story] = await all();
      expect(story?.[0]).toBe('m0');
      expect(await all()).toHaveLength(1);
      expect(story?.length).toBeLessThanOrEqual(101);
    }, 60_000);
  });
}
