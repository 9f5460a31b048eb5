import { toCoded } from '../../schemas/errors.ts';
import { hubLinks } from '../../schemas/hub-links.ts';
import type { Validators } from '../connector.ts';
import { keyOf } from './addresses.ts';
import { pageAddress } from './page-address.ts';
import type { ListReading } from './reading.ts';
import { ask, type Run, told } from './run.ts';

/** One page of a list. */
export interface ListPage extends ListReading {
  /** From 1. */
  readonly number: number;
  /** Nothing on it that this list has not shown before: paging that loops, or ignores what it is asked for. */
  readonly repeats: boolean;
  readonly validators: Validators;
}

/**
 * The pages of one list until nothing new comes: its last page, a page that repeats, an address that was asked for, or
 * the bound. None where it is as it was, which only counts when `validators` are handed in.
 */
export async function* listPages(
  run: Run,
  list: string,
  validators: Validators | undefined,
): AsyncIterable<ListPage> {
  const most = run.options.paging?.most ?? 1;
  const seen = new Set<string>();
  const asked = new Set<string>();
  let address: string | undefined = list;
  for (let number = 1; address !== undefined && number <= most && !asked.has(address); number++) {
    asked.add(address);
    const page = await readPage(run, address, number, number === 1 ? validators : undefined);
    if (page === undefined) return;
    const rows = page.rows.filter(({ link }) => !seen.has(keyOf(link)));
    for (const { link } of rows) seen.add(keyOf(link));
    const repeats = number > 1 && rows.length === 0;
    const how = page.guessed === undefined ? '' : `, tự tìm theo: ${page.guessed}`;
    run.tools.progress(`trang danh sách ${number}: ${rows.length} bài${how}`);
    yield { ...page, rows, number, repeats };
    if (repeats) return;
    address = nextAddress(run, list, number, page.next);
  }
}

/** Undefined: not modified, or past the end, where sites show an empty page or say that there is none. */
async function readPage(
  run: Run,
  address: string,
  number: number,
  validators: Validators | undefined,
): Promise<(ListReading & { readonly validators: Validators }) | undefined> {
  try {
    const answer = await ask(run, address, 'list', validators);
    if (answer.notModified) return undefined;
    const reading = await run.tools.read({ kind: 'list', ...told(run, answer) });
    if (reading.kind !== 'list') return undefined;
    const { url, headers, validators: next } = answer;
    // Headers come before what stands in the page; what calls itself nothing is subscribed to as it was asked for.
    const { hubs, self = url } = hubLinks(headers.link, reading.hub, url);
    return { ...reading, hub: { hubs, ...(hubs.length > 0 && { self }) }, validators: next };
  } catch (thrown) {
    if (number > 1 && END.has(toCoded(thrown).code)) return undefined;
    throw thrown;
  }
}

const END = new Set(['MAP_MISMATCH', 'SITE_NOT_FOUND', 'SITE_GONE', 'EMPTY_DOCUMENT']);

function nextAddress(
  { options }: Run,
  list: string,
  number: number,
  next: string | undefined,
): string | undefined {
  const address = options.paging?.kind === 'next' ? next : pageAddress(list, options.paging, number);
  const [own, to] = [URL.parse(list), URL.parse(address ?? '')];
  // Paging that leads to another site is somebody else's.
  return own?.host.replace(/^www\./, '') === to?.host.replace(/^www\./, '') ? address : undefined;
}
