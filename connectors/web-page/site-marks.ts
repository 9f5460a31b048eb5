import { hashOf } from './memory.ts';

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
/** A picture that leads so many articles of a run, and such a share of them, is the site's own. */
const COMMON = { articles: 3, share: 0.25 } as const;

export class SiteMarks {
  #names: readonly string[];
  #pictures: readonly string[];
  #summaries: readonly string[];
  readonly #leads = new Map<string, Set<string>>();
  readonly #articles = new Set<string>();

  constructor({ names, pictures, summaries }: Marks = { names: [], pictures: [], summaries: [] }) {
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

  /** Notes which pictures an article names; one that many name is remembered as the site's. */
  note(article: string, pictures: readonly string[]): void {
    this.#articles.add(article);
    for (const picture of pictures) {
      const named = this.#leads.get(picture) ?? new Set();
      this.#leads.set(picture, named.add(article));
    }
    for (const [picture, { size }] of this.#leads) {
      if (size >= COMMON.articles && size >= this.#articles.size * COMMON.share)
        this.#pictures = joined(this.#pictures, [markOf(picture)], MOST.pictures);
    }
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
