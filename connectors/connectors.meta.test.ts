import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { formats } from '../schemas/formats/index.ts';
import { connectors } from './index.ts';

const here = import.meta.dirname;
const all = connectors(formats);

describe('all connectors', () => {
  it('are those that have a folder', () => {
    const folders = readdirSync(here, { withFileTypes: true }).filter(entry => entry.isDirectory());
    expect(all.map(({ id }) => id).toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
  });

  it('have ids of their own', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });
});

describe.each(all.map(connector => [connector.id, connector] as const))('connector %s', (id, connector) => {
  it('has a README.md in its folder that opens with its id', () => {
    const file = join(here, id, 'README.md');
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^# ${id}\n`));
  });

  it('has a test in its folder', () => {
    expect(readdirSync(join(here, id)).some(name => name.endsWith('.test.ts'))).toBe(true);
  });

  it('says what it is in both languages', () => {
    for (const text of [connector.title, connector.summary]) {
      expect(text.vi.trim()).not.toBe('');
      expect(text.en.trim()).not.toBe('');
    }
    expect(connector.summary.vi).not.toBe(connector.summary.en);
  });

  it('gives an example that its own options take', () => {
    expect(connector.options.safeParse(connector.example)).toMatchObject({ success: true });
  });

  it('refuses what it doesn’t know, and names the place', () => {
    const bad = { ...Object(connector.example), noSuchOption: 1, url: 'ftp://example.vn/' };
    const { error } = connector.options.safeParse(bad);
    const told = error?.issues.flatMap(issue => ['keys' in issue ? issue.keys : [], issue.path]).flat(2);
    expect(told).toEqual(expect.arrayContaining(['noSuchOption', 'url']));
  });
});
