import type { ContentSchema } from '../schemas/federation.ts';
import type { Source } from '../schemas/source.ts';
import { MINUTE } from './measures.ts';
import type { FederationFile, SiteEntry, SourceEntry } from './options.ts';

const DEFAULT_MAX = 15 * MINUTE;

/** The sources of a checked file. `options[site][source]` are already read by their connectors. */
export function readSources(
  file: FederationFile,
  contentSchemas: readonly ContentSchema[],
  options: readonly (readonly unknown[])[],
): readonly Source[] {
  return file.sites.flatMap((site, index) => {
    const contentSchema = contentSchemas.find(({ name }) => name === site.contentSchema);
    return site.sources.map((entry, inner) => ({
      ...readSource(site, entry),
      options: options[index]?.[inner],
      ...(contentSchema && { contentSchema }),
    }));
  });
}

function readSource(site: SiteEntry, entry: SourceEntry): Omit<Source, 'options'> {
  const { order, zone, force } = entry.dates;
  return {
    name: `${site.id}/${entry.id}`,
    site: site.id,
    id: entry.id,
    connector: entry.connector,
    every: waits(entry.every),
    since: entry.since,
    dates: { ...(order && { order }), ...(zone && { zone }), ...(force && { force }) },
    ...(entry.legacyText && { legacyText: entry.legacyText }),
    enabled: entry.enabled,
  };
}

/**
 * `10m` is the longest wait; the shortest is then a tenth of it, but not under a minute, so that a source that
 * publishes often is asked oftener. `{ min, max }` sets either.
 */
export function waits(every: SourceEntry['every']): Source['every'] {
  const given = typeof every === 'number' ? { max: every, min: undefined } : every;
  const max = given.max ?? Math.max(DEFAULT_MAX, given.min ?? 0);
  return { min: given.min ?? Math.min(max, Math.max(MINUTE, max / 10)), max };
}
