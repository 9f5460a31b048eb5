import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Parser } from 'htmlparser2';
import { hostileFeed } from '../../schemas/formats/hostile.example.ts';
import { newItem, saveItems } from '../e2e/seed.ts';
import { openSeededServer, type SeededServer } from '../e2e/seeded-server.ts';

let world: SeededServer;

beforeEach(async () => {
  world = await openSeededServer();
});

afterEach(() => world.close());

/** Names of elements, and of attributes with their elements. */
function parts(markup: string): {
  readonly elements: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
} {
  const elements = new Set<string>();
  const attributes = new Set<string>();
  const parser = new Parser({
    onopentag(name, given) {
      elements.add(name);
      for (const attribute of Object.keys(given)) attributes.add(`${name}@${attribute}`);
    },
  });
  parser.end(markup);
  return { elements, attributes };
}

async function saveHostile(): Promise<void> {
  const items = [1, 2, 3, 4, 5, 6].flatMap(seed => hostileFeed(seed).items);
  await saveItems(
    world.store,
    items.map(({ item }, i) => ({
      ...newItem('bao-a', `h${i}`),
      title: item.title,
      summary: item.summary,
      content: '',
      link: item.link,
      attribution: item.attribution,
      ...(item.picture ? { picture: item.picture } : {}),
      ...(item.rights ? { rights: item.rights } : {}),
    })),
  );
}

describe('/feeds/<feed>.html', () => {
  it('is a list that any page can take in: title, link, line and time', async () => {
    await saveItems(world.store, [newItem('bao-a', 'a', { title: 'Lương & thưởng <2026>' })]);
    const answer = await (await world.serve())('/feeds/press.html');
    expect(await answer.text()).toBe(`<ul class="lien-thong" lang="vi" aria-label="Luồng press">
<li><a href="https://bao-a.example.vn/a" target="_top">Lương &amp; thưởng &lt;2026&gt;</a><br><span class="lien-thong-by">Phạm Công – Báo A, <time datetime="2026-11-22T07:30:00+07:00">07:30, 22/11/2026</time></span></li>
</ul>
`);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('does not say the time twice', async () => {
    const { attribution } = newItem('bao-a', 'a');
    const line = { ...attribution, text: `${attribution.text}, 07:30, 22/11/2026` };
    await saveItems(world.store, [newItem('bao-a', 'a', { attribution: line })]);
    const body = await (await (await world.serve())('/feeds/press.html')).text();
    expect(body.split('07:30, 22/11/2026')).toHaveLength(2);
  });

  it('shows pictures when asked, and as many items as asked', async () => {
    const picture = {
      url: 'https://bao-a.example.vn/a.jpg?x=1&y=2',
      width: 4,
      height: 3,
      alt: 'Ảnh',
      credit: 'Văn A',
    };
    await saveItems(world.store, [newItem('bao-a', 'a', { picture }), newItem('bao-a', 'b', { picture })]);
    const ask = await world.serve();
    const read = async (search: string) => (await ask(`/feeds/press.html${search}`)).text();
    expect(await read('')).not.toContain('<img');
    const shown = await read('?picture=1&limit=1');
    expect(shown.split('<li>')).toHaveLength(2);
    expect(shown).toContain(
      '<img src="https://bao-a.example.vn/a.jpg?x=1&amp;y=2" alt="Ảnh" width="160" height="120"',
    );
    expect(shown).toContain('Văn A');
  });

  it('lets no text become markup', async () => {
    await saveHostile();
    const body = await (await (await world.serve())('/feeds/press.html?picture=1')).text();
    const { elements, attributes } = parts(body);
    expect([...elements].sort()).toEqual(['a', 'br', 'div', 'img', 'li', 'small', 'span', 'time', 'ul']);
    expect([...attributes].sort()).toEqual([
      'a@href',
      'a@target',
      'div@class',
      'img@alt',
      'img@height',
      'img@loading',
      'img@referrerpolicy',
      'img@src',
      'img@width',
      'span@class',
      'time@datetime',
      'ul@aria-label',
      'ul@class',
      'ul@lang',
    ]);
    expect(body).not.toMatch(/(?:href|src)="(?!https?:)/);
  });
});

describe('/items/<id>', () => {
  it('lets no text become markup', async () => {
    await saveHostile();
    const ask = await world.serve();
    for (const { id } of await world.store.items.page({ filter: {}, order: 'PUBLISHED', first: 50 })) {
      const body = await (await ask(`/items/${id}`)).text();
      const { elements, attributes } = parts(body);
      expect([...elements].filter(name => ['script', 'b', 'title', 'iframe'].includes(name))).toEqual([
        'title',
      ]);
      expect([...attributes].filter(name => /@on/.test(name))).toEqual([]);
      expect(body).not.toMatch(/(?:href|src)="(?!https?:|\/(?:icon\.svg)?")/);
      expect(body.split('<article')).toHaveLength(2);
    }
  });
});
