import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TombstoneReason } from '../../schemas/change.ts';
import { ARTICLES } from '../../schemas/stories/articles.example.ts';
import { asPublished } from '../../schemas/stories/re-posts.example.ts';
import { idOf, newItem, saveItems, takeAway } from '../e2e/seed.ts';
import type { SeededServer } from '../e2e/seeded-server.ts';
import { joinStories } from '../stories/join-stories.ts';

/** `/items/<id>`, on whichever store. */
export function itemPagesConform(open: () => Promise<SeededServer>): void {
  let world: SeededServer;

  beforeEach(async () => {
    world = await open();
  });

  afterEach(() => world.close());

  const ID = idOf('viec-lam', 'a');
  const HTML = { headers: { Accept: 'text/html' } };

  describe('/items/<id>', () => {
    it.each([ID, ID.slice('urn:uuid:'.length), ID.toUpperCase(), encodeURIComponent(ID)])('%s', async id => {
      await saveItems(world.store, [newItem('viec-lam', 'a')]);
      const answer = await (await world.serve())(`/items/${id}`);
      expect(answer.status).toBe(200);
    });

    it('shows the item, its attribution and time, and the original’s address right below the text', async () => {
      await saveItems(world.store, [
        newItem('viec-lam', 'a', {
          title: 'A <b> & "c"',
          content: '<p>Nội <b>dung</b></p>',
          rights: '© Cục',
        }),
      ]);
      const answer = await (await world.serve())(`/items/${ID}`);
      const body = await answer.text();
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(body).toContain('<h1>A &lt;b&gt; &amp; &quot;c&quot;</h1>');
      expect(body).toMatch(
        /Phạm Công – Cục Việc làm, <time datetime="2026-11-22T07:30:00\+07:00">07:30, 22\/11\/2026<\/time>/,
      );
      expect(body).toMatch(
        /<p>Nội <b>dung<\/b><\/p>\s*<p class="original">Xem bài gốc: <a href="https:\/\/viec-lam.example.vn\/a">/,
      );
      expect(body).toContain('<link rel="canonical" href="https://viec-lam.example.vn/a">');
      expect(body).toContain('<meta name="robots" content="noindex">');
      expect(body).not.toContain('<script');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('script-src');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBeTruthy();
    });

    it('names who else tells the same news, as long as the public can see it', async () => {
      const [news] = ARTICLES;
      const told = { ...(news && asPublished(news)) };
      await saveItems(world.store, [
        newItem('viec-lam', 'a', told),
        newItem('bao-a', 'b', { ...told, title: 'Báo <đăng> lại' }),
        newItem('cong', 'c', { ...told, visibility: 'HELD' }),
      ]);
      while ((await joinStories(world.store)) > 0);
      const ask = await world.serve();
      const page = async () => (await ask(`/items/${ID}`)).text();
      const link = `<a href="./${idOf('bao-a', 'b')}">Báo &lt;đăng&gt; lại</a> <small>Báo A, <time`;
      expect(await page()).toContain(`<h2>Cùng một tin</h2><ul>\n<li>${link}`);
      expect(await page()).not.toContain(idOf('cong', 'c'));
      await takeAway(world.store, idOf('bao-a', 'b'), 'hidden');
      expect(await page()).not.toContain('Cùng một tin');
    });

    it('shows the summary where there is no content', async () => {
      await saveItems(world.store, [newItem('viec-lam', 'a', { content: '', summary: 'Tóm tắt <i>' })]);
      expect(await (await (await world.serve())(`/items/${ID}`)).text()).toContain(
        '<p>Tóm tắt &lt;i&gt;</p>',
      );
    });

    it.each<[TombstoneReason, string]>([
      ['withdrawn', 'nơi đăng gỡ'],
      ['order', 'theo yêu cầu'],
      ['hidden', 'tạm ẩn'],
      ['expired', 'hết thời hạn'],
    ])('is gone at once once %s, and says why', async (reason, words) => {
      await saveItems(world.store, [newItem('viec-lam', 'a')]);
      const ask = await world.serve();
      expect((await ask(`/items/${ID}`, HTML)).status).toBe(200);
      await takeAway(world.store, ID, reason);
      const answer = await ask(`/items/${ID}`, HTML);
      const body = await answer.text();
      expect(answer.status).toBe(410);
      expect(body).toContain(words);
      expect(body).not.toContain('Nội dung tin');
      const json = await ask(`/items/${ID}`, { headers: { Accept: 'application/json' } });
      expect(await json.json()).toMatchObject({ error: { code: 'GONE', reason } });
    });

    it('leads to the item that it was merged into', async () => {
      const other = idOf('viec-lam', 'b');
      await saveItems(world.store, [newItem('viec-lam', 'a'), newItem('viec-lam', 'b')]);
      await world.store.transaction(async tx => {
        const item = (await tx.items.current([ID])).get(ID);
        if (item) await tx.items.save([{ ...item, visibility: 'WITHDRAWN', visibilityReason: 'merged' }]);
        tx.changes.append([{ kind: 'tombstone', item: ID, reason: 'merged', replacedBy: other }]);
      });
      const answer = await (await world.serve())(`/items/${ID}`, HTML);
      expect(answer.status).toBe(410);
      expect(await answer.text()).toContain(`<a href="/items/${other}">`);
    });

    it('stays gone when the tombstone is pruned', async () => {
      await saveItems(world.store, [newItem('viec-lam', 'a')]);
      await takeAway(world.store, ID, 'withdrawn');
      await world.store.transaction(tx => tx.changes.prune(Date.now() + 1e12));
      expect((await (await world.serve())(`/items/${ID}`)).status).toBe(410);
    });

    it('does not know what was never public', async () => {
      const { released: _released, ...held } = newItem('viec-lam', 'a', { visibility: 'HELD' });
      await saveItems(world.store, [held]);
      const ask = await world.serve();
      for (const id of [ID, idOf('cong', 'nothing'), 'x', '..%2f', 'urn:uuid:']) {
        expect([id, (await ask(`/items/${id}`)).status]).toEqual([id, 404]);
      }
    });
  });
}
