import { toCoded } from '../../schemas/errors.ts';
import type { Validators } from '../connector.ts';
import { keyOf } from './addresses.ts';
import type { Row } from './reading.ts';
import { ask, type Run, told } from './run.ts';

/** Sitemaps of an index that one run reads. */
const MOST_SITEMAPS = 50;
/** Of a sitemap without times: so many addresses at its beginning and at its end, where the newest stand. */
const ENDS = 200;

export interface SitemapRows {
  /** Newest first. */
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  readonly validators: Validators;
  /** Looks at the home page, once, to know the site's own name and pictures from the articles'. */
  learnSite(): Promise<void>;
}

/** The addresses of a sitemap, or of those that an index names, that are young enough. Undefined when it is as it was. */
export async function sitemapRows(
  run: Run,
  address: string,
  look: boolean,
): Promise<SitemapRows | undefined> {
  const { progress, job } = run;
  const answer = await ask(run, address, 'sitemap', look ? undefined : progress.validators(address));
  if (answer.notModified) return undefined;
  const reading = await run.tools.read({ kind: 'sitemap', ...told(run, answer) });
  if (reading.kind !== 'sitemap') return undefined;
  const isIndex = reading.sitemaps.length > 0;
  const { rows, notes } = isIndex ? await rowsOfIndex(run, reading.sitemaps) : limited(reading.rows);
  const byKey = new Map(
    rows
      .filter(({ modified }) => modified === undefined || modified >= job.since)
      .map(row => [keyOf(row.link), row]),
  );
  return {
    rows: [...byKey.values()].toSorted((a, b) => (b.modified ?? 0) - (a.modified ?? 0)),
    notes,
    // An index may stay the same while its sitemaps change.
    validators: isIndex ? {} : answer.validators,
    learnSite: () => learnSite(run, address),
  };
}

async function rowsOfIndex(
  run: Run,
  sitemaps: readonly { readonly loc: string; readonly modified?: number }[],
): Promise<{ rows: Row[]; notes: string[] }> {
  const young = sitemaps.filter(({ modified }) => modified === undefined || modified >= run.job.since - DAY);
  const chosen = newest(young, MOST_SITEMAPS);
  const rows: Row[] = [];
  const notes =
    young.length > chosen.length
      ? [`the index names ${young.length} sitemaps: ${chosen.length} were read`]
      : [];
  let failure: unknown;
  for (const [index, { loc }] of chosen.entries()) {
    run.tools.progress(`sơ đồ trang ${index + 1}/${chosen.length}`);
    try {
      const reading = await run.tools.read({ kind: 'sitemap', ...told(run, await ask(run, loc, 'sitemap')) });
      const more = reading.kind === 'sitemap' ? limited(reading.rows) : { rows: [], notes: [] };
      rows.push(...more.rows);
      notes.push(...more.notes);
    } catch (thrown) {
      run.tools.signal.throwIfAborted();
      failure = thrown;
      notes.push(`${loc}: ${toCoded(thrown).code}`);
    }
  }
  if (rows.length === 0 && failure !== undefined) throw failure;
  return { rows, notes: [...new Set(notes)] };
}

const DAY = 24 * 60 * 60 * 1000;

/** Those that changed last; where the index doesn't say, its beginning and its end. */
function newest<T extends { readonly modified?: number }>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  const dated = all.filter(({ modified }) => modified !== undefined);
  if (dated.length > all.length / 2)
    return dated.toSorted((a, b) => (b.modified ?? 0) - (a.modified ?? 0)).slice(0, most);
  return [...all.slice(0, most / 2), ...all.slice(-most / 2)];
}

function limited(rows: readonly Row[]): { rows: readonly Row[]; notes: string[] } {
  const undated = rows.filter(({ modified }) => modified === undefined);
  if (undated.length <= ENDS * 2) return { rows, notes: [] };
  const ends = new Set([...undated.slice(0, ENDS), ...undated.slice(-ENDS)]);
  return {
    rows: rows.filter(row => row.modified !== undefined || ends.has(row)),
    notes: [
      `${undated.length} addresses without lastmod: the first and last ${ENDS} were looked at; a list page knows better what is new`,
    ],
  };
}

async function learnSite(run: Run, sitemap: string): Promise<void> {
  const { progress, tools } = run;
  if (progress.marks.pack().names.length > 0) return;
  try {
    const reading = await tools.read({
      kind: 'home',
      ...told(run, await ask(run, new URL('/', sitemap).href, 'home')),
    });
    if (reading.kind === 'home') progress.marks.add(reading.marks);
  } catch (thrown) {
    tools.signal.throwIfAborted();
    tools.log.info(
      { code: toCoded(thrown).code },
      'The home page could not be read; articles are read without it.',
    );
  }
}
