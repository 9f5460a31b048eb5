import type { Deletion, Entry } from '../../schemas/entry.ts';
import type { FetchRequest, HeldItem, Sight, Tools } from '../connector.ts';
import type { JsonApiOptions } from './options.ts';

/** So many more than the gateway's guard allows are enough to trip it; probing on would only be impolite. */
const GUARD = { items: 5, share: 0.1 } as const;
const MOST_HELD = 10_000;

/** What a run has listed, to compare with what is held. */
export class Listing {
  readonly #ids = new Set<string>();
  readonly #links = new Set<string>();

  add(entries: readonly Entry[]): void {
    for (const { sourceId, link } of entries) {
      if (sourceId !== undefined) this.#ids.add(sourceId);
      if (link !== undefined) this.#links.add(plain(link));
    }
  }

  has({ sourceId, link }: HeldItem): boolean {
    return sourceId === undefined ? this.#links.has(plain(link)) : this.#ids.has(sourceId);
  }

  get empty(): boolean {
    return this.#ids.size === 0 && this.#links.size === 0;
  }
}

export interface Absences {
  readonly deletions: readonly Deletion[];
  /** Not listed, and yet there when asked for. */
  readonly vouched: number;
}

/** Held items that a complete list lacks, each confirmed by one probe. */
export async function findAbsent(
  listing: Listing,
  options: JsonApiOptions,
  tools: Pick<Tools, 'held' | 'fetch' | 'signal'>,
): Promise<Absences> {
  const held = await tools.held(MOST_HELD);
  const absent = held.filter(item => !listing.has(item));
  const enough = Math.floor(Math.max(GUARD.items, held.length * GUARD.share)) + 1;
  const deletions: Deletion[] = [];
  let vouched = 0;
  // An empty list after a full one is doubt, never removal.
  if (listing.empty) return { deletions, vouched: absent.length };
  for (const item of absent) {
    if (deletions.length >= enough) break;
    tools.signal.throwIfAborted();
    const sight = await sightOf(item, options, tools);
    if (sight === 'gone') deletions.push(absence(item));
    else vouched += 1;
  }
  return { deletions, vouched };
}

function absence({ sourceId, link }: HeldItem): Deletion {
  const reason = 'not in the complete list, and gone when asked for';
  return { link, ...(sourceId !== undefined && { sourceId }), basis: 'absent', reason };
}

/** One question to the CMS (`item`) or else to the page itself. */
export async function sightOf(
  { sourceId, link }: HeldItem,
  { item, headers, offered }: JsonApiOptions,
  tools: Pick<Tools, 'fetch'>,
): Promise<Sight> {
  const answers = [401, 403, 404, 405, 410, 501];
  const asksCms = item !== undefined && sourceId !== undefined;
  const request: FetchRequest = asksCms
    ? {
        url: item.replaceAll('{id}', encodeURIComponent(sourceId)),
        headers: { accept: 'application/json', ...headers },
        answers,
        offered,
      }
    : { url: link, method: 'HEAD', answers };
  try {
    const first = await tools.fetch(request);
    const refusesHead = !asksCms && (first.status === 405 || first.status === 501);
    const { status } = refusesHead ? await tools.fetch({ url: link, answers }) : first;
    if (status === 404 || status === 410) return 'gone';
    // Refused to the anonymous, while the list just answered them: taken from view.
    if (status === 401 || status === 403) return Object.keys(headers).length === 0 ? 'gone' : 'doubt';
    return status < 300 ? 'present' : 'doubt';
  } catch {
    return 'doubt';
  }
}

function plain(link: string): string {
  return link.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/[/#]+$/, '');
}
