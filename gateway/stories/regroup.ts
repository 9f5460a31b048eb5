import { createHash } from 'node:crypto';
import { uuidOf } from '../normalise/identity.ts';
import type { AlikePair, Likeness, StoryLine, StoryWriter } from '../store/stories.ts';
import { byPublication, isOfSeveralSites } from '../store/tell-stories.ts';
import { groupStories, nameStories } from './group-stories.ts';

/** Items that hang together and are grouped at one time: what one more item may cost. */
const MOST = 400;

/** Makes the stories anew around these items, of what the public can see. True when any story is another than before. */
export async function regroup(rows: StoryWriter, around: readonly number[]): Promise<boolean> {
  const { items, pairs } = await connected(rows, around);
  const shown = items.filter(({ visibility }) => visibility === 'RELEASED');
  const here = new Set(shown.map(({ n }) => n));
  const within = pairs.filter(({ a, b }) => here.has(a) && here.has(b));
  const groups = await nameStories(groupStories(shown, within), (founders, taken) =>
    newId(rows, founders, taken),
  );
  const wanted = new Map(items.map(({ n }): [number, string | undefined] => [n, undefined]));
  for (const [id, group] of groups) for (const { n } of group) wanted.set(n, id);
  const moved = new Map(
    items.filter(({ n, story }) => wanted.get(n) !== story).map(({ n }) => [n, wanted.get(n)]),
  );
  if (moved.size > 0) await rows.assign(moved);
  const touched = new Set([...items.flatMap(({ story }) => story ?? []), ...groups.keys()]);
  const listed = await setLines(rows, [...touched]);
  return moved.size > 0 || listed;
}

/** What hangs together with these items over what the public can see. */
async function connected(
  rows: StoryWriter,
  around: readonly number[],
): Promise<{ readonly items: readonly Likeness[]; readonly pairs: readonly AlikePair[] }> {
  const items = new Map<number, Likeness>();
  const pairs: AlikePair[] = [];
  const asked = new Set<number>();
  for (let next = [...new Set(around)]; next.length > 0; ) {
    for (const n of next) asked.add(n);
    const found = [...(await rows.likenesses(next)).values()];
    for (const item of found) items.set(item.n, item);
    const shown = found.filter(({ visibility }) => visibility === 'RELEASED').map(({ n }) => n);
    const theirs = shown.length > 0 ? await rows.pairsOf(shown) : [];
    pairs.push(...theirs);
    next = [...new Set(theirs.map(({ b }) => b))].filter(n => !asked.has(n));
    if (items.size + next.length > MOST + around.length) break;
  }
  return { items: [...items.values()], pairs };
}

/** Brings the lists of these stories into step with their items; false when they were. */
async function setLines(rows: StoryWriter, stories: readonly string[]): Promise<boolean> {
  if (stories.length === 0) return false;
  const members = (await rows.members(stories)).filter(({ visibility }) => visibility === 'RELEASED');
  const topics = await rows.topics(members.map(({ n }) => n));
  const byStory = Map.groupBy(members, ({ story }) => story);
  const wanted = stories.flatMap(id => linesOf(id, byStory.get(id) ?? [], topics));
  const known = await rows.lines(stories);
  if (textOf(wanted) === textOf(known)) return false;
  await rows.setLines(stories, wanted);
  return true;
}

function linesOf(
  id: string,
  members: readonly Likeness[],
  topics: ReadonlyMap<number, readonly string[]>,
): StoryLine[] {
  const [first] = members.toSorted(byPublication);
  if (!first || !isOfSeveralSites(members)) return [];
  const labels = {
    all: [''],
    site: members.map(({ site }) => site),
    kind: members.map(({ kind }) => kind),
    topic: members.flatMap(({ n }) => topics.get(n) ?? []),
  } as const;
  return Object.entries(labels).flatMap(([type, of]) =>
    [...new Set<string>(of)].map(label => ({ type: type as StoryLine['type'], label, at: first.listed, id })),
  );
}

function textOf(lines: readonly StoryLine[]): string {
  return lines
    .map(({ type, label, at, id }) => JSON.stringify([type, label, at, id]))
    .sort()
    .join('\n');
}

/** Made of the item that was stored first, so that whoever joins everything anew gets the same ids. */
async function newId(
  rows: StoryWriter,
  founders: readonly Likeness[],
  taken: ReadonlySet<string>,
): Promise<string> {
  const ids = founders.map(({ id }) => idFrom(id));
  const used = new Set((await rows.lines(ids)).map(({ id }) => id));
  const free = ids.find(id => !used.has(id) && !taken.has(id));
  return free ?? idFrom([...ids, Date.now()].join(' '));
}

function idFrom(item: string): string {
  return uuidOf(createHash('sha1').update(`story of ${item}`).digest());
}
