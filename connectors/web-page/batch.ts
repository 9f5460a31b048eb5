import { readDate } from '../../schemas/dates.ts';
import type { Deletion, Entry, ForeignMedia } from '../../schemas/entry.ts';
import type { HubLinks } from '../../schemas/hub-links.ts';
import type { Batch, Lack } from '../connector.ts';
import { keyOf } from './addresses.ts';
import type { Missed } from './parts.ts';
import type { Run } from './run.ts';
import type { SiteMarks } from './site-marks.ts';
import { withoutName } from './title.ts';

interface Collected {
  readonly entry: Entry;
  /** Candidates for its lead picture, the most trusted first. */
  readonly pictures: readonly ForeignMedia[];
}

/** An entry as it was read. */
interface ReadEntry extends Collected {
  readonly missed: readonly Missed[];
  /** Its time was counted back from the time of reading. */
  readonly counted: boolean;
}

/** Entries of a batch in the making, with what was missing in them. */
export class Collecting {
  readonly #run: Run;
  #entries: Collected[] = [];
  #missed: { readonly link: string; readonly missed: readonly Missed[] }[] = [];
  #deletions: Deletion[] = [];
  #notes = new Set<string>();
  #broken = 0;
  #listed: number | undefined;
  #hub: HubLinks | undefined;
  #held: Map<string, number> | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  get size(): number {
    return this.#entries.length;
  }

  async add({ entry, pictures, missed, counted }: ReadEntry): Promise<void> {
    const settled = counted ? await this.#settled(entry) : entry;
    this.#run.progress.marks.note({
      article: entry.link ?? '',
      pictures: pictures.slice(0, 3).map(one => one.url),
      summary: entry.summary?.value,
      title: entry.title?.value,
    });
    this.#entries.push({ entry: settled, pictures });
    this.#missed.push({ link: entry.link ?? '', missed });
  }

  delete(deletion: Deletion): void {
    this.#deletions.push(deletion);
  }

  broke(count: number): void {
    this.#broken += count;
  }

  /** So many items a list shows that was read anew. */
  listed(count: number): void {
    this.#listed = (this.#listed ?? 0) + count;
  }

  /** Where the first list can be subscribed to; a source has one topic. */
  hub(links: HubLinks): void {
    this.#hub = links;
  }

  note(note: string): void {
    this.#notes.add(note);
  }

  /** The batch so far, and a new beginning. The lead picture is chosen now, when the site's own are known. */
  take(): Batch {
    const { marks } = this.#run.progress;
    const entries = this.#entries.map(({ entry, pictures }) =>
      withLead(
        withoutSites(entry, marks),
        pictures.find(({ url }) => !marks.isSites(url)),
      ),
    );
    const lacks = lacksOf(this.#missed);
    const batch: Batch = {
      entries,
      checkpoint: this.#run.progress.checkpoint(),
      ...(this.#deletions.length > 0 && { deletions: this.#deletions }),
      ...(this.#broken > 0 && { broken: this.#broken }),
      ...(this.#notes.size > 0 && { repaired: [...this.#notes] }),
      ...(lacks.length > 0 && { lacks }),
      ...(this.#listed !== undefined && {
        facts: { listed: this.#listed, ...(this.#hub && { hub: this.#hub }) },
      }),
    };
    this.#entries = [];
    this.#missed = [];
    this.#deletions = [];
    this.#notes = new Set();
    this.#broken = 0;
    return batch;
  }

  /** A time that was counted back from the reading moves with every reading: the first one stands. */
  async #settled(entry: Entry): Promise<Entry> {
    this.#held ??= new Map(
      (await this.#run.tools.held(1_000)).flatMap(({ link, published }) =>
        published === undefined ? [] : [[keyOf(link), published]],
      ),
    );
    const before = this.#held.get(keyOf(entry.link ?? ''));
    const now = readDate(entry.published ?? '', this.#run.job.source.dates);
    const isNear = before !== undefined && now !== undefined && Math.abs(before - now.at) < NEAR;
    return isNear ? { ...entry, published: new Date(before).toISOString() } : entry;
  }
}

/** Weeks are counted by sevens. */
const NEAR = 8 * 24 * 60 * 60 * 1000;

/** Without what the whole site says alike: its name behind titles, its description. */
function withoutSites({ title, summary, ...entry }: Entry, marks: SiteMarks): Entry {
  const own = title && { ...title, value: withoutName(title.value, marks.names) };
  return {
    ...entry,
    ...(own && { title: own }),
    ...(summary && !marks.isSitesSummary(summary.value) && { summary }),
  };
}

function withLead(entry: Entry, lead: ForeignMedia | undefined): Entry {
  return lead === undefined ? entry : { ...entry, media: [{ ...lead, role: 'lead' }] };
}

function lacksOf(all: readonly { readonly link: string; readonly missed: readonly Missed[] }[]): Lack[] {
  const flat = all.flatMap(({ link, missed }) => missed.map(one => ({ ...one, link })));
  const groups = Map.groupBy(flat, ({ part, place }) => `${part}\n${place}`);
  return [...groups.values()].flatMap(group => {
    const [first] = group;
    return first
      ? [{ part: first.part, place: first.place, missing: group.length, of: all.length, example: first.link }]
      : [];
  });
}
