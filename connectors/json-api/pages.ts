import type { Known } from '../../schemas/json-map/entry.ts';
import type { JsonDocument, JsonReading } from '../../schemas/json-map/read.ts';
import type { FetchResponse, Tools, Validators } from '../connector.ts';
import type { Place, Run } from './checkpoint.ts';
import type { JsonApiOptions } from './options.ts';
import { placeAfter } from './paging.ts';
import { type Repeat, repeatOf } from './repeat.ts';
import { requestFor } from './request.ts';

/** One page of a run. */
export interface Page {
  /** From 1, counted in this run. */
  readonly number: number;
  readonly at: Place | undefined;
  readonly next: Place | undefined;
  readonly reading: JsonReading;
  readonly answer: FetchResponse;
  readonly repeat: Repeat | undefined;
  /** There would be more, but not for this run. */
  readonly cut: boolean;
  readonly last: boolean;
}

/** The pages of a run, from where it stands to the end, to a repeat or to the bound. None when nothing changed. */
export async function* pagesOf(
  run: Run,
  options: JsonApiOptions,
  known: Known,
  validators: Validators | undefined,
  tools: Pick<Tools<JsonDocument, JsonReading>, 'fetch' | 'read' | 'signal' | 'progress'>,
): AsyncIterable<Page> {
  const seen = new Set<string>();
  const most = options.paging?.most ?? 1;
  let at = run.at;
  for (let number = 1; ; number += 1) {
    tools.signal.throwIfAborted();
    const answer = await tools.fetch(requestFor(options, at, run.from, validators));
    if (answer.notModified) return;
    const reading = await tools.read({ body: answer.body, url: answer.url, ...known });
    const next = placeAfter(options.paging, at, reading, answer);
    const repeat = repeatOf(reading, next, seen, number, options);
    const cut = number >= most && next !== undefined;
    const last = next === undefined || repeat !== undefined || cut;
    tell(number, reading, options, tools);
    yield { number, at, next, reading, answer, repeat, cut, last };
    if (last) return;
    at = next;
  }
}

function tell(
  number: number,
  { total, count }: JsonReading,
  { paging }: JsonApiOptions,
  tools: Pick<Tools, 'progress'>,
): void {
  if (paging === undefined) return;
  const pages = paging.kind === 'page' && total !== undefined ? `/${total}` : '';
  tools.progress(`trang ${number}${pages}, ${count} bài`);
}
