import type { Facts } from './facts.ts';
import { readPage } from './page-facts.ts';
import { entryOf, feedOf, itemOf, mediumOf, NOW, press, unit } from './subject.example.ts';
import type { Scope, Subjects } from './subject.ts';

/** Personal data (invented) that stands in the garbage; nothing of it may stand in a finding. */
export const PLANTED = [
  '001085012345',
  '0912345678',
  'C1234567',
  'nguyen.van.a@thu.example',
  '0071000123456',
];

const TEXTS = [
  '',
  ' ',
  `CCCD 001085012345, ĐT 0912345678, hộ chiếu C1234567, STK 0071000123456, nguyen.van.a@thu.example`,
  '\u0000\ud800<script>alert(1)</script>\ue000',
  'B\u00e9 Lao \u00aeéng - Th\u00adng binh v\u00b5 X\u00b7 h\u00e9i \u00b8\u00b9\u00b6',
  'a'.repeat(50_000),
  '<a href="'.repeat(3_000),
  'Theo '.repeat(5_000),
];
const ADDRESSES = [
  '',
  'x',
  '//',
  'http://',
  'javascript:alert(1)',
  'http://[::1]/',
  'http://10.0.0.5/0912345678',
  'https://a@b.example/',
];

/** Subjects as a hostile or broken site makes them: of the right shape, with anything inside. */
export function garbageSubjects<S extends Scope>(scope: S): Subjects[S][] {
  const sites = [unit, press].map(site => ({ ...site, homepage: 'x', hosts: [''] }));
  const all: { [K in Scope]: Subjects[K][] } = {
    site: sites.map(site => ({ site })),
    feed: [
      { site: unit, url: '' },
      { site: unit, url: 'x', failure: 'HTML_PAGE' },
      ...TEXTS.map((text, n) => {
        const link = ADDRESSES[n] ?? '';
        const title = { type: 'html', value: text } as const;
        return {
          ...feedOf(
            [
              entryOf({ sourceId: text, link, title, content: title, published: text }),
              entryOf({ sourceId: text }),
            ],
            { self: link },
          ),
          url: link,
        };
      }),
    ],
    item: TEXTS.flatMap((text, n) => sites.map(site => garbageItem(text, ADDRESSES[n] ?? '', site))),
    media: TEXTS.flatMap((text, n) =>
      sites.map(site => ({
        ...mediumOf({ url: ADDRESSES[n] ?? '', alt: text, credit: text, type: text }, site),
        ...garbageItem(text, '', site),
      })),
    ),
    republication: [{ site: press }, ...TEXTS.map((text, n) => garbageItem(text, ADDRESSES[n] ?? '', press))],
  };
  return all[scope];
}

function garbageItem(text: string, link: string, site: typeof unit) {
  const authors = [{ name: text, email: 'nguyen.van.a@thu.example' }];
  const attribution = { text, agency: text, authors: [text], link };
  const origin = { title: text, link, published: text };
  return itemOf(
    {
      title: text,
      summary: text,
      content: text,
      contentText: text,
      link,
      canonicalLink: link,
      authors,
      attribution,
      origin,
      published: Number.NaN,
      categories: [text],
    },
    site,
  );
}

export function garbageFacts(): Facts[] {
  return TEXTS.map((text, n) => factsFull(text, ADDRESSES[n] ?? ''));
}

function factsFull(text: string, address: string): Facts {
  const page = readPage(
    `<html lang="${text.slice(0, 9)}"><title>${text}</title><meta name="DC.title" content="${text}"><h1>${text}</h1><a href="${address}">${text}</a>${text}<script type="application/ld+json">{</script>`,
    address,
  );
  const sight = { status: 0, tries: 0, hosts: [text] };
  const removedAt = { html: null, rss: Number.NaN };
  return {
    now: NOW,
    portalHost: address,
    homepage: page,
    pages: [page],
    portalPages: [page],
    page,
    previousPage: readPage('', ''),
    registry: {
      ownerName: text,
      security: {},
      monitoring: { centre: text },
      aggregatorLicence: { no: text },
      emcSiteId: text,
    },
    dns: { aaaa: [] },
    tls: { valid: false, fault: text, protocol: text, httpLeadsTo: address },
    endpoints: [{ kind: 'feed', url: address, works: false }],
    performance: { fcp: Number.NaN, lcp: -1, si: 0, tbt: 1e9 },
    outages: [{ from: NOW, to: Number.NaN, planned: {} }],
    pressReposts: { fullText: 3 },
    latestPages: [page],
    document: { status: 0, contentType: text, charset: { http: text, declared: text, used: text }, text },
    strictReader: { entries: -1, refusedAt: text },
    earlierIds: [{ [address]: text }],
    homepageNews: [{ link: address, firstSeen: Number.NaN, inFeed: false }],
    goneItems: [{ link: address, status: 200, softText: true }],
    longestPollGap: Number.NaN,
    entry: entryOf({
      title: { type: 'html', value: text },
      content: { type: 'html', value: text },
      published: text,
    }),
    similar: { item: text, site: text, kind: 'press', score: 0.9 },
    attachments: [{ name: text, firstPage: `MẬT\n${text}` }],
    linkSights: { [address]: sight },
    denyList: [text, ''],
    mediaSight: { status: 0, type: text },
    knownLinks: {},
    publication: { releasedAt: NOW, mode: 'full-text', media: 2 },
    agreement: null,
    sourceTime: { declared: Number.NaN, declaredBefore: [Number.NaN], firstSeen: NOW },
    wording: { source: { title: text, text }, released: { title: '', text: 'x' } },
    outputs: [{ channel: 'rss', authors: [text], link: address, linkStatus: 0, comments: true }],
    removal: { verdict: 'removed', lastSeen: Number.NaN, fullText: true, removedAt },
    order: { receivedAt: NOW, urgent: true, removedAt, receipts: 0, cameBack: true },
    correction: { detectedAt: NOW, reachBefore: ['rss'], reachNow: [] },
    servedIds: [{ channel: 'rss', item: 'urn:uuid:1', why: 'withdrawn' }],
    limits: { pubStatus: text, embargoed: Number.NaN, expires: 0 },
    retention: {
      contentDays: 0,
      processingLogDays: 0,
      systemLogDays: 0,
      runningDays: 400,
      chainVerified: false,
      sealedCopies: false,
    },
    complaints: { formStatus: 0, testTicketAccepted: false, tickets: [{}] },
    downstream: { at: NOW, entryKeptDays: 0, itemStatus: 200, subscribers: [{ id: text }] },
  };
}
