import type { Batch } from '../../connectors/connector.ts';
import type { Entry } from '../../schemas/entry.ts';
import { legacyEntry } from '../../schemas/legacy-text/legacy-entry.ts';
import { hasLegacySigns, signsOfLegacyText } from '../../schemas/legacy-text/signs.ts';
import type { LegacyText } from '../../schemas/legacy-text/tables.ts';
import type { Source } from '../../schemas/source.ts';

const SHOWN = 3;

/** One text as the source wrote it, and as it is read by its setting. */
export interface BeforeAndAfter {
  readonly before: string;
  readonly after: string;
}

/** What the source's setting does to the first titles; nothing for a source without one. */
export function shownByLegacyText({ legacyText }: Source, { entries }: Batch): readonly BeforeAndAfter[] {
  return legacyText ? titlesIn(entries, legacyText) : [];
}

/**
 * The setting that this source seems to lack. What a wrong charset has made of the bytes can't be told apart any more, so where
 * words look wrong the source is read once more with its bytes kept (`readRaw`).
 */
export async function proposeLegacyText(
  { legacyText }: Source,
  { entries }: Batch,
  readRaw: () => Promise<Batch>,
): Promise<{ readonly legacyText: LegacyText; readonly titles: readonly BeforeAndAfter[] } | undefined> {
  if (legacyText || !hasLegacySigns(textOf(entries))) return undefined;
  const raw = await readRaw();
  const proposed = signsOfLegacyText(textOf(raw.entries));
  return proposed && { legacyText: proposed, titles: titlesIn(raw.entries, proposed) };
}

function titlesIn(entries: readonly Entry[], charset: LegacyText): BeforeAndAfter[] {
  return entries.slice(0, SHOWN).flatMap(entry => {
    const before = entry.title?.value;
    const after = legacyEntry(entry, charset).title?.value;
    return before === undefined || after === undefined ? [] : [{ before, after }];
  });
}

function textOf(entries: readonly Entry[]): string {
  return entries
    .flatMap(({ title, summary, content }) => [title, summary, content])
    .map(text => text?.value.slice(0, 2_000).replace(/<[^<>]*>/g, ' ') ?? '')
    .join('\n');
}
