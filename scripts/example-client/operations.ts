// Written by `npm run client:types` from schemas/operations/*.graphql and schemas/schema.graphql: don't edit.
import type { Operation } from './client.ts';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What happened to an item in public. */
export type ChangeKind =
  /** Visible now: new, edited or back. */
  | 'PUT'
  /** No longer visible: every copy must go. */
  | 'TOMBSTONE';

/** Which items: OR within a list, AND between fields; an empty list selects all. At most 100 values a list. */
export type ItemFilter = {
  /** Categories as the sites write them. */
  readonly categories?: ReadonlyArray<string> | null | undefined;
  /** Kinds of site. */
  readonly kinds?: ReadonlyArray<SiteKind> | null | undefined;
  /** BCP 47. */
  readonly language?: string | null | undefined;
  /** Published, or first seen where that was earlier, at or after. */
  readonly publishedAfter?: string | null | undefined;
  /** Published, or first seen where that was earlier, before. */
  readonly publishedBefore?: string | null | undefined;
  /** Released at or after. */
  readonly releasedAfter?: string | null | undefined;
  /** Site ids; an unknown one is BAD_INPUT. */
  readonly sites?: ReadonlyArray<string | number> | null | undefined;
  /** Words, as in `search`, 1 to 200 characters. */
  readonly text?: string | null | undefined;
  /** Topic ids; an unknown one is BAD_INPUT. */
  readonly topics?: ReadonlyArray<string | number> | null | undefined;
  /** States besides RELEASED need `operate`, or `site:<id>` with `sites` naming only that site; else FORBIDDEN. */
  readonly visibility?: ReadonlyArray<Visibility> | null | undefined;
};

/** What kind of publication a site is; the law asks different things of each. */
export type SiteKind =
  /** The Ministry's portal. */
  | 'PORTAL'
  /** A newspaper. */
  | 'PRESS'
  /** A unit's site. */
  | 'UNIT';

/** How a source is doing. */
export type SourceState =
  /** Its last turn failed; what it gave before still stands. */
  | 'FAILING'
  /** Connected, but not read yet. */
  | 'NEW'
  /** Read at its last turn. */
  | 'OK'
  /** Not read at present, because the operator says so. */
  | 'PAUSED';

/** Where a subschema runs. */
export type SubschemaKind =
  /** In the gateway, over its store. */
  | 'LOCAL'
  /** At a site that speaks GraphQL, asked live. */
  | 'REMOTE';

/** How a subschema is doing. */
export type SubschemaState =
  /** A site whose schema no longer has what is offered of it: the last good one serves on. */
  | 'CHANGED'
  /** A site that does not answer now: its fields are null. */
  | 'DOWN'
  /** Answers. */
  | 'UP';

/** Why an item left view. */
export type TombstoneReason =
  /** Its permitted time is over. */
  | 'EXPIRED'
  /** In doubt; it can come back. */
  | 'HIDDEN'
  /** Found to be the same as another item, see `replacedBy`. */
  | 'MERGED'
  /** Taken down by order; erased. */
  | 'ORDER'
  /** Its site left the federation. */
  | 'SITE_LEFT'
  /** Taken back by its publisher; erased. */
  | 'WITHDRAWN';

/** The stored state of an item. */
export type Visibility =
  /** Waits for its release. */
  | 'HELD'
  /** Taken from view in doubt; can come back. */
  | 'HIDDEN'
  /** Out in every channel. */
  | 'RELEASED'
  /** Gone, its content erased. */
  | 'WITHDRAWN';

export type BaLoaiTrangQueryVariables = Exact<{ [key: string]: never; }>;


export type BaLoaiTrangQuery = { readonly congBo: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly link: string | null, readonly published: string | null, readonly portal: { readonly section: string | null, readonly documentNumber: string | null } | null, readonly site: { readonly name: string } | null, readonly attribution: { readonly text: string } }> }, readonly donVi: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly link: string | null, readonly published: string | null, readonly unit: { readonly agencyCode: string | null, readonly dublinCore: { readonly publisher: string, readonly date: string | null, readonly rights: string | null } } | null, readonly site: { readonly name: string } | null, readonly attribution: { readonly text: string } }> }, readonly bao: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly link: string | null, readonly published: string | null, readonly press: { readonly agency: string, readonly agreement: { readonly mode: string, readonly validUntil: string | null } | null, readonly correction: { readonly note: string | null } | null } | null, readonly site: { readonly name: string } | null, readonly attribution: { readonly text: string } }> } };

export type TinFragment = { readonly id: string, readonly title: string, readonly link: string | null, readonly published: string | null, readonly site: { readonly name: string } | null, readonly attribution: { readonly text: string } };

export type CungMotTinQueryVariables = Exact<{ [key: string]: never; }>;


export type CungMotTinQuery = { readonly stories: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly count: number, readonly first: { readonly title: string, readonly link: string | null, readonly published: string | null, readonly site: { readonly name: string } | null } | null, readonly others: ReadonlyArray<{ readonly score: number, readonly namesSource: boolean, readonly item: { readonly title: string, readonly link: string | null, readonly published: string | null, readonly site: { readonly name: string } | null } | null }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type LienThongQueryVariables = Exact<{ [key: string]: never; }>;


export type LienThongQuery = { readonly sites: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: SiteKind, readonly homepage: string | null, readonly itemCount: number, readonly freshness: { readonly checkedAt: string | null, readonly sourceState: SourceState } }>, readonly feeds: ReadonlyArray<{ readonly id: string, readonly title: string, readonly atom: string, readonly rss: string, readonly json: string }>, readonly subschemas: ReadonlyArray<{ readonly id: string, readonly kind: SubschemaKind, readonly sites: ReadonlyArray<string>, readonly state: SubschemaState }> };

export type ThayDoiQueryVariables = Exact<{ [key: string]: never; }>;


export type ThayDoiQuery = { readonly changes: { readonly cursor: string, readonly upToDate: boolean, readonly changes: ReadonlyArray<{ readonly kind: ChangeKind, readonly id: string, readonly at: string, readonly reason: TombstoneReason | null, readonly replacedBy: string | null, readonly backfill: boolean, readonly item: { readonly title: string, readonly link: string | null } | null }> } };

export type TimTinQueryVariables = Exact<{
  tu?: string;
}>;


export type TimTinQuery = { readonly search: { readonly edges: ReadonlyArray<{ readonly highlight: { readonly title: string, readonly content: string | null } | null, readonly node: { readonly title: string, readonly published: string | null, readonly site: { readonly name: string } | null, readonly picture: { readonly url: string | null, readonly alt: string | null } | null } }>, readonly facets: { readonly counted: number, readonly sites: ReadonlyArray<{ readonly id: string, readonly title: string, readonly count: number }>, readonly kinds: ReadonlyArray<{ readonly kind: SiteKind, readonly count: number }>, readonly topics: ReadonlyArray<{ readonly id: string, readonly title: string, readonly count: number }> } | null, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type TinMoiQueryVariables = Exact<{
  loc?: ItemFilter | null | undefined;
  soTin?: number | null | undefined;
  sau?: string | null | undefined;
}>;


export type TinMoiQuery = { readonly items: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly summary: string | null, readonly link: string | null, readonly page: string, readonly published: string | null, readonly topics: ReadonlyArray<string>, readonly site: { readonly id: string, readonly name: string, readonly kind: SiteKind } | null, readonly attribution: { readonly text: string }, readonly picture: { readonly url: string | null, readonly alt: string | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export const BaLoaiTrang: Operation<BaLoaiTrangQuery, BaLoaiTrangQueryVariables> = {
  "name": "BaLoaiTrang",
  "sha256": "76235dc60bbf2d00c325a76cf9fb77ea5528e086a0f3921b63d9654b3b315556",
  "text": "query BaLoaiTrang {\n  congBo: items(first: 3, filter: {kinds: [PORTAL]}) {\n    nodes {\n      ...Tin\n      portal {\n        section\n        documentNumber\n      }\n    }\n  }\n  donVi: items(first: 3, filter: {kinds: [UNIT]}) {\n    nodes {\n      ...Tin\n      unit {\n        agencyCode\n        dublinCore {\n          publisher\n          date\n          rights\n        }\n      }\n    }\n  }\n  bao: items(first: 3, filter: {kinds: [PRESS]}) {\n    nodes {\n      ...Tin\n      press {\n        agency\n        agreement {\n          mode\n          validUntil\n        }\n        correction {\n          note\n        }\n      }\n    }\n  }\n}\n\nfragment Tin on Item {\n  id\n  title\n  link\n  published\n  site {\n    name\n  }\n  attribution {\n    text\n  }\n}"
};

export const CungMotTin: Operation<CungMotTinQuery, CungMotTinQueryVariables> = {
  "name": "CungMotTin",
  "sha256": "dbef3283c7a863706fc913024946781593ae93bcf00ea436d9e84e56a0f675a8",
  "text": "query CungMotTin {\n  stories(first: 5) {\n    nodes {\n      id\n      count\n      first {\n        title\n        link\n        published\n        site {\n          name\n        }\n      }\n      others {\n        score\n        namesSource\n        item {\n          title\n          link\n          published\n          site {\n            name\n          }\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"
};

export const LienThong: Operation<LienThongQuery, LienThongQueryVariables> = {
  "name": "LienThong",
  "sha256": "b560759428193831e0b3d05ad2fac42ffd0e0f757bd3caad61f693663659966d",
  "text": "query LienThong {\n  sites {\n    id\n    name\n    kind\n    homepage\n    itemCount\n    freshness {\n      checkedAt\n      sourceState\n    }\n  }\n  feeds {\n    id\n    title\n    atom\n    rss\n    json\n  }\n  subschemas {\n    id\n    kind\n    sites\n    state\n  }\n}"
};

export const ThayDoi: Operation<ThayDoiQuery, ThayDoiQueryVariables> = {
  "name": "ThayDoi",
  "sha256": "4e11186691a3aa5ae0e36b17599313b19a37535fee0d35774c8e35da36ee7bc0",
  "text": "query ThayDoi {\n  changes(first: 20) {\n    changes {\n      kind\n      id\n      at\n      reason\n      replacedBy\n      backfill\n      item {\n        title\n        link\n      }\n    }\n    cursor\n    upToDate\n  }\n}"
};

export const TimTin: Operation<TimTinQuery, TimTinQueryVariables> = {
  "name": "TimTin",
  "sha256": "c93f81d2c14c6373654dd0b4aca40bb148d028eea13bf673c27f801a9b161eb0",
  "text": "query TimTin($tu: String! = \"bao hiem\") {\n  search(query: $tu, first: 10) {\n    edges {\n      highlight {\n        title\n        content\n      }\n      node {\n        title\n        published\n        site {\n          name\n        }\n        picture {\n          url\n          alt\n        }\n      }\n    }\n    facets {\n      counted\n      sites {\n        id\n        title\n        count\n      }\n      kinds {\n        kind\n        count\n      }\n      topics {\n        id\n        title\n        count\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"
};

export const TinMoi: Operation<TinMoiQuery, TinMoiQueryVariables> = {
  "name": "TinMoi",
  "sha256": "124d91dc4017481b8fc96ac8e38269ba159aa3f637f0370df92fa2c197cbd979",
  "text": "query TinMoi($loc: ItemFilter, $soTin: Int = 10, $sau: String) {\n  items(filter: $loc, first: $soTin, after: $sau) {\n    nodes {\n      id\n      title\n      summary\n      link\n      page\n      published\n      topics\n      site {\n        id\n        name\n        kind\n      }\n      attribution {\n        text\n      }\n      picture {\n        url\n        alt\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"
};
