import { fold } from '../../schemas/fold.ts';
import type { Draft } from '../../schemas/item.ts';
import { bare, hostOf } from '../../schemas/rules/addresses.ts';
import type { FoundProblem } from '../../schemas/rules/judged.ts';
import { namesNoSource, sourceName } from '../../schemas/rules/reuse.ts';
import type { Site } from '../../schemas/site.ts';

const RULE = 'article-source-attribution';
/** From this likeness an item of a unit is a paper's text ("Read this first" 10 of the guidelines). */
export const ALIKE = 0.8;
/** How papers and agencies call themselves, folded. */
const PAPER =
  /^(?:bao|tap chi|ttxvn|thong tan xa|vtv|vov|vgp|vnexpress|vietnamnet|vietnamplus|dan tri|tuoi tre|thanh nien)(?![\p{L}\p{N}])/u;

/** What judging was told of likeness, as far as it needs it. */
export interface Alike {
  readonly score: number;
  readonly kind: string;
  readonly link: string;
  readonly agency: string;
}

/** The paper whose text an item of another kind of site is; undefined when it is nobody's. */
export interface RePost {
  readonly agency?: string;
  readonly link?: string;
  readonly byLikeness?: true;
}

/**
 * An item of a unit or portal is a paper's when it names one as its source, however well, when it is like an earlier press
 * item, or when rule 35 finds that it hides its source: the duties follow the text, not the site it lies on.
 */
export function rePostOf(
  draft: Draft,
  problems: readonly FoundProblem[],
  papers: readonly Site[],
  alike: Alike | undefined,
): RePost | undefined {
  if (alike && alike.kind === 'press' && alike.score >= ALIKE)
    return { agency: alike.agency, link: alike.link, byLikeness: true };
  const name = sourceName(draft);
  const link = draft.origin?.link;
  const isPaper =
    name !== undefined &&
    !namesNoSource(draft) &&
    (PAPER.test(fold(name)) || papers.some(paper => fold(paper.name) === fold(name)));
  const host = link === undefined ? undefined : hostOf(link);
  const leadsToPaper = host !== undefined && papers.some(paper => hostsOf(paper).includes(bare(host)));
  if (isPaper || leadsToPaper)
    return { ...(name !== undefined && { agency: name }), ...(link !== undefined && { link }) };
  const hides = problems.some(({ rule, consequence }) => rule === RULE && consequence === 'trim');
  return hides ? { ...(link !== undefined && { link }) } : undefined;
}

function hostsOf({ homepage, hosts }: Site): string[] {
  return [new URL(homepage).hostname, ...hosts.map(host => host.split(':')[0] ?? '')].map(bare);
}
