import { readFileSync } from 'node:fs';
import type { Rule } from '../schemas/rules/rule.ts';
import { type Pack, readPack } from './guidelines.ts';

/** The packs that come with the program, each a file of its own. */
export const PACKS = ['vn', 'vn-2024', 'international'] as const;
export type PackId = (typeof PACKS)[number];

const read = new Map<PackId, Pack>();

export function packOf(id: PackId, rules: readonly Rule[]): Pack {
  const known = read.get(id);
  if (known) return known;
  const path = `config/guidelines/${id}.yaml`;
  const pack = readPack(
    readFileSync(new URL(`./guidelines/${id}.yaml`, import.meta.url), 'utf8'),
    path,
    rules,
  );
  read.set(id, pack);
  return pack;
}
