import type { SiteKind } from '../../schemas/site.ts';
import type { FEEDS, Look } from './clean-sites.ts';
import { type MadePages, planted } from './made-site.ts';

export const HOSTS = [
  'viec-lam.bo.gov.vn',
  'bao-thu.vn',
  'bo-khac.gov.vn',
  'bo.gov.vn',
  'chi-v4.bo.gov.vn',
  'cuc-thu.gov.vn',
  'bao-thu.com',
] as const;

/** One fault put into a clean site, and who must find it. */
export interface Planted {
  /** The rule that must find it, and the place it must name. */
  readonly rule: string;
  readonly path?: string;
  readonly severity?: 'should';
  readonly host?: (typeof HOSTS)[number];
  readonly kind?: SiteKind;
  readonly format?: keyof typeof FEEDS;
  /** Another `must` that the same fault can't but break. */
  readonly also?: readonly string[];
  readonly record?: Record<string, unknown>;
  readonly denyList?: readonly string[];
  readonly look?: (look: Look) => Partial<Look>;
  readonly plant: (pages: MadePages, look: Look) => MadePages;
  readonly portal?: string;
}

export type Planting = readonly [string, Planted];

export const HOUR = 3_600_000;
export const FEED = '/feed/';
export const first = (pages: MadePages) => Object.keys(pages).find(path => path.startsWith('/tin/')) ?? '';
export const feed = (from: string | RegExp, to: string) => (pages: MadePages) =>
  planted(pages, FEED, from, to);
export const home = (from: string | RegExp, to: string) => (pages: MadePages) =>
  planted(pages, '/', from, to);
export const article = (from: string | RegExp, to: string) => (pages: MadePages) =>
  planted(pages, first(pages), from, to);
export const everyPage = (from: string | RegExp, to: string) => (pages: MadePages) =>
  Object.entries(pages)
    .filter(([, { type }]) => type.startsWith('text/html'))
    .reduce((all, [path]) => planted(all, path, from, to), pages);
