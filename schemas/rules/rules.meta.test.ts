import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { rules } from './index.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

it('are those that have a folder, one line each, sixty of them', () => {
  expect(rules.map(({ id }) => id).toSorted()).toEqual(folders.toSorted());
  expect(rules.map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
});

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  it('stands in its folder with its test and its document', () => {
    expect(readdirSync(join(import.meta.dirname, id))).toEqual(
      expect.arrayContaining(['index.ts', `${id}.test.ts`, 'README.md']),
    );
  });

  it('tells its clauses, its remedy in both languages and its parameters', () => {
    expect(rule.clauses.length).toBeGreaterThan(0);
    expect(rule.clauses.some(({ history }) => !history) || id === 'republish-retention').toBe(true);
    const texts = [
      rule.title,
      rule.remedy,
      ...(rule.caveat ? [rule.caveat] : []),
      ...Object.values(rule.parameters).map(({ about }) => about),
    ];
    for (const { vi, en } of texts) expect([vi.trim() !== '', en.trim() !== '']).toEqual([true, true]);
    expect(rule.needs.filter(need => rule.uses.includes(need))).toEqual([]);
  });

  it('never says illegal', () => {
    const source = readFileSync(join(import.meta.dirname, id, 'index.ts'), 'utf8');
    expect(source).not.toMatch(/illegal|trái pháp luật|bất hợp pháp|phạm luật/i);
  });

  it('holds or removes only by a clause in force that was read or quoted', () => {
    if (rule.consequence !== 'hold' && rule.consequence !== 'remove') return;
    expect(rule.clauses.some(({ basis, history }) => !history && (basis === 'L1' || basis === 'L2'))).toBe(
      true,
    );
  });
});
