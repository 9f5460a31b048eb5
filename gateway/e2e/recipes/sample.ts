/** What a site of one product answered, as recorded by hand from its documentation, and the items that must come of it. */
export interface RecipeSample {
  /** Values of the recipe's parameters, on the site's own address. */
  with(origin: string): Readonly<Record<string, string | number>>;
  /** The answer to one address; undefined: 404. */
  answer(
    url: URL,
    origin: string,
    headers: Readonly<Record<string, string | undefined>>,
  ): Recorded | undefined;
  /** In any order; only what is named is compared. */
  expected(origin: string): readonly ExpectedItem[];
}

export interface Recorded {
  readonly type: string;
  readonly body: string;
}

export interface ExpectedItem {
  readonly title: string;
  readonly link: string;
  /** RFC 3339, any zone. */
  readonly published: string;
  readonly summary?: string;
  readonly picture?: string;
  readonly content?: string;
  readonly authors?: readonly string[];
  readonly categories?: readonly string[];
}

export const json = (value: unknown): Recorded => ({
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});
export const html = (body: string): Recorded => ({ type: 'text/html; charset=utf-8', body });
export const rss = (body: string): Recorded => ({ type: 'application/rss+xml; charset=utf-8', body });
