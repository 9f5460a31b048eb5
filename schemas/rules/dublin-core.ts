import type { PageFacts } from './page-facts.ts';

/** The six elements that a state site's item must carry, by their Dublin Core names. */
export const MANDATORY_DC = ['title', 'creator', 'date', 'description', 'publisher', 'identifier'] as const;
export const RECOMMENDED_DC = ['language', 'subject', 'source', 'contributor'] as const;
export type DcElement = (typeof MANDATORY_DC)[number] | (typeof RECOMMENDED_DC)[number];

/** Values of each element in a page's `<meta>`; `DC.x`, `DCTERMS.x` and `dc:x` count alike, since the exact spelling of the annex was not read. */
export function dublinCoreOf(page: PageFacts): Partial<Record<DcElement, readonly string[]>> {
  const values: Partial<Record<DcElement, readonly string[]>> = {};
  for (const { name, content } of page.metas) {
    const element = /^(?:dc|dcterms)[.:]([a-z]{1,30})(?:\.[a-z]{1,30})?$/.exec(name)?.[1];
    const known = [...MANDATORY_DC, ...RECOMMENDED_DC].find(
      candidate => candidate === element || alias(element) === candidate,
    );
    if (known !== undefined) values[known] = [...(values[known] ?? []), content.trim()];
  }
  return values;
}

function alias(element: string | undefined): DcElement | undefined {
  if (element === 'issued' || element === 'created' || element === 'modified') return 'date';
  return element === 'author' ? 'creator' : undefined;
}

/** Names that a system put there, not a person. */
export function isPlaceholder(value: string): boolean {
  return /^(?:|-|admin|administrator|quantri|quan tri|null|undefined|none|n\/a|user|root|test)$/i.test(
    value.trim(),
  );
}
