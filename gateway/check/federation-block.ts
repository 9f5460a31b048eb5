import { stringify } from 'yaml';
import { fold } from '../../schemas/fold.ts';
import type { SiteKind } from '../../schemas/site.ts';
import type { FoundSource } from './found-source.ts';

/** A site of the federation file, ready to be pasted under `sites:`; undefined where no connector could read it. */
export function federationBlock(
  site: { readonly name: string; readonly kind: SiteKind; readonly homepage: string },
  sources: readonly FoundSource[],
): string | undefined {
  const usable = sources.filter(({ works, connector }) => works && connector !== undefined);
  const [best] = usable;
  if (!best?.connector) return undefined;
  const block = {
    id: slugOf(new URL(site.homepage).hostname),
    name: site.name,
    kind: site.kind,
    homepage: site.homepage,
    sources: [{ id: 'tin', connector: best.connector.id, every: '15m', options: best.connector.options }],
  };
  return stringify({ sites: [block] }, { lineWidth: 0 });
}

/** `viec-lam.moha.gov.vn` → `viec-lam-moha`. */
function slugOf(host: string): string {
  const name = fold(
    host.replace(/^www\./, '').replace(/(?:\.gov|\.com|\.org|\.net|\.edu)?\.[a-z]{2,}$/i, ''),
  );
  return (
    name
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'trang'
  );
}
