import { expect, it } from '@jest/globals';
import { drawPicture } from '../../scripts/sandbox/picture.ts';
import { atomFeed, federationOf, startFakeSite } from './fake-site.ts';
import { removeFolder, runGateway, until } from './run-gateway.ts';

it('tells the size of a picture whose page says none, asks for it once, and waits for no slow one', async () => {
  const site = await startFakeSite();
  const image = (name: string) => `<p><img src="${site.url}/${name}.png" alt="Hội nghị"> nội dung</p>`;
  const entries = [
    { id: 'a', title: 'Có ảnh', text: image('anh') },
    { id: 'b', title: 'Ảnh hỏng', text: image('mat') },
  ];
  site.pages.set('/tin.atom', { body: () => atomFeed(site.url, entries) });
  site.pages.set('/anh.png', { type: 'image/png', body: drawPicture(7) });
  const gateway = await runGateway({ config: federationOf(site) });
  try {
    const { items } = await until('both items', async () => {
      const found = await gateway.ask<{
        items: {
          nodes: { title: string; picture: { width: number | null; height: number | null } | null }[];
        };
      }>('{ items { nodes { title picture { width height } } } }');
      return found.items.nodes.length === 2 && found;
    });
    expect(items.nodes.find(({ title }) => title === 'Có ảnh')?.picture).toEqual({ width: 640, height: 360 });
    expect(items.nodes.find(({ title }) => title === 'Ảnh hỏng')?.picture?.width ?? null).toBeNull();
    entries.push({ id: 'c', title: 'Tin thêm', text: '<p>không ảnh</p>' });
    await gateway.ask('mutation { harvest(source: "don-vi/tin") { __typename } }');
    await until('the third item', async () =>
      (await (await fetch(`${gateway.url}/feeds/all.json`)).text()).includes('Tin thêm'),
    );
    expect(site.asked.filter(path => path === '/anh.png')).toHaveLength(1);
  } finally {
    await gateway.kill('SIGTERM');
    await site.stop();
    removeFolder(gateway.dataDir);
  }
});
