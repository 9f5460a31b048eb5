import { z } from 'zod';
import { CodedError } from '../../../schemas/errors.ts';
import type { Federation } from '../../../schemas/federation.ts';
import { type LiveOptions, liveOptions, livePrefix } from '../../../schemas/live.ts';

/** A source whose site is also asked live. */
export interface RemoteSource {
  readonly site: string;
  /** `<site>/<source>`. */
  readonly source: string;
  /** Its name among the subschemas: the site's id; of a site's second and later ones `<site>/<source>`. */
  readonly part: string;
  /** What its types and root fields begin with. */
  readonly prefix: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly live: LiveOptions;
}

const withLive = z.object({
  url: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  live: liveOptions,
});

/**
 * The sources with `live`. A site's first keeps the site's own prefix, so that another one added later renames nothing.
 * Throws CONFIG_INVALID where a press site would have root fields. */
export function remoteSources({ sites, sources }: Federation): readonly RemoteSource[] {
  const begun = new Set<string>();
  return sources.flatMap(source => {
    const { data } = withLive.safeParse(source.options);
    if (!source.enabled || !data) return [];
    const kind = sites.find(({ id }) => id === source.site)?.kind;
    if (kind === 'press' && data.live.root.length > 0) throw pressRoot(source.name);
    const part = begun.has(source.site) ? source.name : source.site;
    begun.add(source.site);
    return { site: source.site, source: source.name, part, prefix: livePrefix(part), ...data };
  });
}

function pressRoot(source: string): CodedError {
  return new CodedError('CONFIG_INVALID', `${source}: live.root is not for press. Remove it.`, {
    data: { source, vi: `${source}: báo không được có live.root, vì trường gốc không qua kho. Bỏ mục này.` },
  });
}
