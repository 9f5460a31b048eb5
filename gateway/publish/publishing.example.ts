import type { Federation, FeedDefinition } from '../../schemas/federation.ts';
import type { Site } from '../../schemas/site.ts';
import { USUAL } from '../e2e/usual.ts';

/** A small federation for tests. */
export function exampleFederation(changes: Partial<Federation> = {}): Federation {
  return {
    ...USUAL,
    gateway: {
      title: 'Tin tổng hợp ngành Lao động',
      publicUrl: 'https://tin.example.gov.vn',
      language: 'vi',
      timeZone: 'Asia/Ho_Chi_Minh',
    },
    fetch: {
      allowNetworks: [],
      userAgent: 'test',
      perHost: { concurrency: 2 },
      maxBytes: 1e6,
      timeout: 1000,
    },
    sites: [
      exampleSite('cong', 'portal', 'Cổng thông tin'),
      exampleSite('viec-lam', 'unit', 'Cục Việc làm'),
      exampleSite('bao-a', 'press', 'Báo A & B'),
    ],
    sources: [],
    contentSchemas: [],
    topics: [{ id: 'tien-luong', title: 'Tiền lương', categories: [], keywords: [], sites: [] }],
    feeds: [
      exampleDefinition('all'),
      exampleDefinition('units', { select: { sites: [], topics: [], kinds: ['unit'] } }),
    ],
    http: { trustedProxies: [] },
    serveStale: 300_000,
    tombstoneDays: 180,
    ...changes,
  };
}

export function exampleSite(id: string, kind: Site['kind'], name = id): Site {
  return { id, name, kind, homepage: `https://${id}.example.vn/`, hosts: [], registry: {} };
}

export function exampleDefinition(id: string, changes: Partial<FeedDefinition> = {}): FeedDefinition {
  return {
    id,
    title: `Luồng ${id}`,
    select: { sites: [], topics: [], kinds: [] },
    order: 'published',
    pin: [],
    exclude: [],
    ...changes,
  };
}
