import type { Entry } from '../../schemas/entry.ts';
import type { Draft } from '../../schemas/item.ts';
import { type NormaliseContext, type Normalised, normaliseBatch } from './normalise.ts';

export const NOW = Date.parse('2026-11-22T10:00:00+07:00');

/** A unit's site and its feed. */
export const context: NormaliseContext = {
  site: {
    id: 'viec-lam',
    name: 'Cục Việc làm',
    kind: 'unit',
    homepage: 'https://vl.example.gov.vn/',
    hosts: [],
    registry: {},
  },
  source: {
    name: 'viec-lam/tin',
    site: 'viec-lam',
    id: 'tin',
    connector: 'feed',
    options: {},
    every: { min: 60_000, max: 600_000 },
    since: 1,
    dates: {},
    enabled: true,
  },
  topics: [],
  now: NOW,
};

/** An entry without faults, changed as a test asks. */
export function entry(changes: Partial<Entry> = {}): Entry {
  return {
    sourceId: 'https://vl.example.gov.vn/?p=1',
    link: 'https://vl.example.gov.vn/tin/bai-1.html',
    title: { type: 'text', value: 'Bộ trưởng tiếp đoàn công tác' },
    content: { type: 'html', value: '<p>Sáng nay, Bộ trưởng tiếp đoàn công tác.</p>' },
    published: 'Sat, 21 Nov 2026 08:30:00 +0700',
    authors: [{ name: 'Phạm Công' }],
    categories: ['Tin tức'],
    media: [],
    ...changes,
  };
}

export function normalise(entries: readonly Entry[], changes: Partial<NormaliseContext> = {}): Normalised {
  return normaliseBatch(entries, { ...context, ...changes });
}

/** The draft of one entry; throws when it was refused. */
export function draft(changes: Partial<Entry> = {}, around: Partial<NormaliseContext> = {}): Draft {
  const { drafts, refused } = normalise([entry(changes)], around);
  const [only] = drafts;
  if (!only) throw new Error(refused.map(({ reason }) => reason).join());
  return only;
}
