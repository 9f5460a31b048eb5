import { expect, it } from '@jest/globals';
import { checkLive } from './live-references.ts';
import { readOutline } from './outline.ts';

const sitesWith = (kind: string, options: unknown) =>
  readOutline({ sites: [{ id: 'x', kind, sources: [{ id: 'a' }, { id: 'b', options }] }] });

it('refuses live.root of a paper, at its place', () => {
  const [fault, ...more] = checkLive(sitesWith('press', { live: { fields: ['views'], root: ['articles'] } }));
  expect(more).toEqual([]);
  expect(fault?.at).toEqual(['sites', 0, 'sources', 1, 'options', 'live', 'root']);
  expect(fault?.message).toContain('báo không được có live.root');
});

it.each([
  ['unit', { live: { root: ['articles'] } }],
  ['press', { live: { root: [] } }],
  ['press', { live: { fields: ['views'] } }],
  ['press', { root: ['articles'] }],
  ['press', undefined],
])('lets %s with %j be', (kind, options) => {
  expect(checkLive(sitesWith(kind, options))).toEqual([]);
});
