import { hashOf } from './memory.ts';
import { segmentsOf } from './title.ts';

/** What belongs to the whole site and so to no article: small enough for a checkpoint, the same in every run. */
export interface Marks {
  /** Names that stand beside titles. */
  readonly names: readonly string[];
  /** Hashes of pictures' addresses. */
  readonly pictures: readonly string[];
  /** Hashes of descriptions. */
  readonly summaries: readonly string[];
}

const MOST = { names: 8, pictures: 24, summaries: 6 } as const;
const LONGEST_NAME = 80;
/** What so many articles of a run say alike, and such a share of them, is the site's own. */
const COMMON = { articles: 3, share: 0.25 } as const;

/** What one article says of itself. */
export interface Noted {
  readonly article: string;
  readonly pictures: readonly string[];
  readonly summary: string | undefined;
  readonly title: string | undefined;
}

const NOTHING: Marks = { names: [], pictures: [], summaries: [] };

export class SiteMarks {
  #names: readonly string[];
  #pictures: readonly string[];
  #summaries: readonly string[];
  readonly #said = new Map<string, Set<string>>();
  readonly #articles = new Set<string>();

  constructor({ names, pictures, summaries }: Marks = NOTHING) {
    this.#names = names;
    this.#pictures = pictures;
    this.#summaries = summaries;
  }

  add({ names, pictures, summaries }: Marks): void {
    this.#names = joined(
      this.#names,
      names.filter(name => name.length <= LONGEST_NAME),
      MOST.names,
    );
    this.#pictures = joined(this.#pictures, pictures, MOST.pictures);
    this.#summaries = joined(this.#summaries, summaries, MOST.summaries);
  }

  /** Notes what an article says of itself; what many say alike is remembered as the site's. */
  note({ article, pictures, summary, title }: Noted): void {
    this.#articles.add(article);
    for (const picture of pictures)
      if (this.#count(`picture ${picture}`, article)) this.add({ ...NOTHING, pictures: [markOf(picture)] });
    if (summary !== undefined && this.#count(`summary ${summary}`, article))
      this.add({ ...NOTHING, summaries: [markOf(summary)] });
    const segments = segmentsOf(title ?? '');
    const tail = segments.length > 1 ? segments.at(-1) : undefined;
    if (tail !== undefined && this.#count(`tail ${tail}`, article)) this.add({ ...NOTHING, names: [tail] });
  }

  /** Has this been said by so many that it is nobody's own? */
  #count(said: string, article: string): boolean {
    const named = this.#said.get(said) ?? new Set();
    this.#said.set(said, named.add(article));
    return named.size >= COMMON.articles && named.size >= this.#articles.size * COMMON.share;
  }

  get names(): readonly string[] {
    return this.#names;
  }

  isSitesSummary(summary: string): boolean {
    return this.#summaries.includes(markOf(summary));
  }

  isSites(picture: string): boolean {
    return this.#pictures.includes(markOf(picture));
  }

  pack(): Marks {
    return { names: this.#names, pictures: this.#pictures, summaries: this.#summaries };
  }
}

export function markOf(text: string): string {
  return hashOf(text.replace(/^https?:\/\/(?:www\.)?/, '').slice(0, 300));
}

function joined(before: readonly string[], more: readonly string[], most: number): readonly string[] {
  return [...new Set([...before, ...more])].slice(-most);
}
