import type { Entry } from '../entry.ts';
import type { FeedDocument, FeedEntry } from '../formats/format.ts';
import type { Site } from '../site.ts';
import { type PageFacts, readPage } from './page-facts.ts';
import type { Agreement, Order, Retention } from './republication-facts.ts';
import type {
  FeedSubject,
  ItemSubject,
  JudgedItem,
  JudgedMedium,
  MediaSubject,
  RepublicationSubject,
  SiteSubject,
} from './subject.ts';

/** 09:00, 22/11/2026 in Hanoi: the frozen clock of the rules' tests. */
export const NOW = Date.parse('2026-11-22T09:00:00+07:00');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const unit: Site = {
  id: 'viec-lam',
  name: 'Cục Việc làm',
  kind: 'unit',
  homepage: 'https://viec-lam.bo.gov.vn/',
  hosts: ['cdn.viec-lam.bo.gov.vn'],
  registry: {},
};
export const press: Site = {
  ...unit,
  id: 'bao-a',
  name: 'Báo A',
  kind: 'press',
  homepage: 'https://bao-a.vn/',
  hosts: ['cdn.bao-a.vn'],
};
export const portal: Site = {
  ...unit,
  id: 'cong',
  name: 'Cổng Bộ',
  kind: 'portal',
  homepage: 'https://bo.gov.vn/',
  hosts: [],
};
export const gateway: SiteSubject = { site: portal, gateway: true };

export function itemOf(changed: Partial<JudgedItem> = {}, site: Site = unit): ItemSubject {
  const link = `${site.homepage}tin/57695`;
  const item: JudgedItem = {
    site: site.id,
    siteKind: site.kind,
    source: `${site.id}/tin`,
    sourceId: 'tag:bo.gov.vn,2026:57695',
    link,
    canonicalLink: link,
    title: 'Bộ trưởng dự hội nghị việc làm năm 2026',
    summary: 'Hội nghị bàn về việc làm của lao động trẻ.',
    content: '<p>Sáng nay, hội nghị việc làm khai mạc.</p>',
    contentText: 'Sáng nay, hội nghị việc làm khai mạc.',
    authors: [{ name: 'Phạm Công' }],
    categories: ['Việc làm'],
    topics: [],
    published: NOW - 3 * HOUR,
    language: 'vi',
    media: [],
    attribution: { text: '', agency: site.name, authors: ['Phạm Công'], link },
    pubStatus: 'usable',
    hash: 'a'.repeat(64),
    cleaner: 1,
  };
  const whole = { ...item, ...changed };
  const text =
    changed.content !== undefined && changed.contentText === undefined
      ? { contentText: readPage(changed.content, link).text }
      : {};
  return { site, item: { ...whole, ...text } };
}

export function mediumOf(medium: Partial<JudgedMedium>, site: Site = unit): MediaSubject {
  return {
    ...itemOf({}, site),
    medium: { url: `${site.homepage}anh/1.jpg`, type: 'image/jpeg', at: 'media[0]', ...medium },
  };
}

export function releaseOf(site: Site = press, changed: Partial<JudgedItem> = {}): RepublicationSubject {
  return itemOf(changed, site);
}

export function entryOf(changed: Partial<FeedEntry> = {}): FeedEntry {
  return {
    sourceId: 'tag:bo.gov.vn,2026:57695',
    link: 'https://viec-lam.bo.gov.vn/tin/57695',
    title: { type: 'text', value: 'Bộ trưởng dự hội nghị việc làm năm 2026' },
    summary: { type: 'text', value: 'Hội nghị bàn về việc làm.' },
    published: 'Sun, 22 Nov 2026 06:00:00 +0700',
    authors: [],
    categories: [],
    media: [],
    ...changed,
  };
}

export function feedOf(
  entries: readonly FeedEntry[] = [entryOf()],
  changed: Partial<FeedDocument> = {},
  site: Site = unit,
): FeedSubject {
  const url = `${site.homepage}rss`;
  const feed = {
    format: 'rss',
    version: '2.0',
    self: url,
    authors: [],
    categories: [],
    entries,
    deletions: [],
    broken: 0,
    repaired: [],
    ...changed,
  };
  return { site, url, feed };
}

export function pageOf(
  body: string,
  { head = '', url = 'https://viec-lam.bo.gov.vn/tin/57695', lang = 'vi' } = {},
): PageFacts {
  return readPage(`<!doctype html><html lang="${lang}"><head>${head}</head><body>${body}</body></html>`, url);
}

export const rawEntry = (changed: Partial<Entry> = {}): Entry => entryOf(changed);

export const AGREED: Agreement = {
  id: 'TT-07',
  parties: ['Bộ', 'Báo A'],
  mode: 'full-text',
  media: true,
  from: NOW - 300 * DAY,
  until: NOW + 30 * DAY,
  document: `sha256:${'a'.repeat(64)}`,
};
export const ORDER: Order = {
  sender: 'Cục A',
  legalReference: '12/QĐ',
  scope: 'một tin',
  actor: 'trực ban',
  receivedAt: NOW - 3 * HOUR,
  urgent: true,
  removedAt: { html: NOW - HOUR },
  receipts: 1,
  cameBack: false,
};
export const KEPT: Retention = {
  contentDays: 400,
  processingLogDays: 800,
  systemLogDays: 400,
  runningDays: 800,
  chainVerified: true,
  sealedCopies: true,
  lastRestoreTest: NOW - 10 * DAY,
};
