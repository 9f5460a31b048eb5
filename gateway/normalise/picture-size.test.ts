import { expect, it } from '@jest/globals';
import { draft } from './batch.example.ts';
import { measurePicture, measurePictures } from './picture-size.ts';

/** The head of a PNG: signature, then IHDR with its size (PNG, 11.2.2). */
function png(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(64);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** The head of a GIF89a. */
function gif(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(32);
  bytes.write('GIF89a', 'latin1');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
}

it('reads a size from the first bytes', () => {
  expect(measurePicture(png(800, 600))).toEqual({ width: 800, height: 600, type: 'image/png' });
  expect(measurePicture(gif(3, 2))).toEqual({ width: 3, height: 2, type: 'image/gif' });
});

it.each([
  ['a page', Buffer.from('<!DOCTYPE html><html></html>')],
  ['nothing', new Uint8Array()],
  ['a cut head', png(8, 6).subarray(0, 12)],
  ['no width', png(0, 5)],
])('knows none of %s', (_, bytes) => expect(measurePicture(bytes)).toBeUndefined());

it('measures each picture once, few at a time, and drops dots', async () => {
  const of = (url: string) =>
    draft({ media: [{ url, role: 'lead' }], sourceId: `${url}#`, link: `${url}.html` });
  const drafts = [
    of('https://a.vn/1.png'),
    of('https://a.vn/1.png'),
    of('https://a.vn/dot.png'),
    of('https://a.vn/gone.png'),
  ];
  const asked: string[] = [];
  const measured = await measurePictures(drafts, async url => {
    asked.push(url);
    if (url.includes('gone')) throw new Error('404');
    return url.includes('dot') ? png(1, 1) : png(640, 480);
  });
  expect(asked.toSorted()).toEqual(['https://a.vn/1.png', 'https://a.vn/dot.png', 'https://a.vn/gone.png']);
  expect(measured.map(({ picture }) => picture)).toEqual([
    { url: 'https://a.vn/1.png', width: 640, height: 480 },
    { url: 'https://a.vn/1.png', width: 640, height: 480 },
    undefined,
    { url: 'https://a.vn/gone.png' },
  ]);
  expect(measured.map(({ hash }) => hash)).toEqual(drafts.map(({ hash }) => hash));
});
