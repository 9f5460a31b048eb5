import { expect, it } from '@jest/globals';
import { readFederation } from '../../config/federation.ts';
import { rules } from '../../schemas/rules/index.ts';
import { stubOf, unmappedCategories } from './topics.ts';

const TOPICS = [
  { id: 'viec-lam', title: 'Việc làm', categories: ['Việc làm', 'Hoà giải'], keywords: [], sites: [] },
];
const count = (category: string, site: string, items: number) => ({ category, site, items });

const COUNTS = [
  count('VIỆC LÀM', 'a', 9),
  count('Hòa giải', 'a', 3),
  count('An toàn lao động', 'a', 2),
  count('an toàn lao động', 'b', 5),
  count('Viec lam', 'c', 1),
  count('***', 'c', 50),
  count('Đào tạo: nghề & nghiệp', 'c', 4),
];

it('joins spellings, heeds accents, and knows that hoà is hòa', () => {
  expect(unmappedCategories(COUNTS, TOPICS)).toEqual([
    { spellings: ['an toàn lao động', 'An toàn lao động'], sites: ['a', 'b'], items: 7 },
    { spellings: ['Đào tạo: nghề & nghiệp'], sites: ['c'], items: 4 },
    { spellings: ['Viec lam'], sites: ['c'], items: 1, near: 'viec-lam' },
  ]);
});

it('writes a stub that the federation file takes as it is', () => {
  const stub = stubOf(unmappedCategories(COUNTS, TOPICS), TOPICS);
  expect(stub).toContain('id: an-toan-lao-dong');
  expect(stub).toContain('id: dao-tao-nghe-nghiep');
  expect(stub).not.toContain('Viec lam');
  const text = `sites: [{ id: a, name: A, kind: unit, homepage: "https://a.example/" }]\n${stub}\n`;
  const listen = { host: '127.0.0.1', port: 4000 };
  const { federation } = readFederation({ text, path: 'f.yaml', env: {}, connectors: [], rules, listen });
  expect(federation.topics.map(({ categories }) => categories)).toEqual([
    ['an toàn lao động', 'An toàn lao động'],
    ['Đào tạo: nghề & nghiệp'],
  ]);
});
