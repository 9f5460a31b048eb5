import { counted, type Fault, isAbsolute, repeated } from './w3c-rules.ts';
import { childrenOf, type Element, everyElement } from './xml-elements.ts';

const atom = (name: string) => `{http://www.w3.org/2005/Atom}${name}`;
const DELETED = '{http://purl.org/atompub/tombstones/1.0}deleted-entry';
/** RFC 3339, as RFC 4287 3.3 narrows it. */
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

export function checkAtom(feed: Element, address: string): readonly Fault[] {
  const entries = childrenOf(feed, atom('entry'));
  return [
    ...(feed.name === atom('feed') ? [] : [{ at: feed, message: `the root is ${feed.name}` }]),
    ...required(feed),
    ...selfLink(feed, address),
    ...entries.flatMap(entry => [...required(entry), ...checkEntry(entry)]),
    ...repeated(entries.flatMap(entry => childrenOf(entry, atom('id')))),
    ...everyElement(feed).flatMap(checkElement),
    ...childrenOf(feed, DELETED).flatMap(at =>
      DATE.test(at.attributes.when ?? '') && at.attributes.ref ? [] : [{ at, message: 'no when or ref' }],
    ),
  ];
}

/** RFC 4287 4.1.1, 4.1.2. */
function required(at: Element): readonly Fault[] {
  return ['id', 'title', 'updated'].flatMap(name =>
    counted(at, name, childrenOf(at, atom(name)).length, 1, 1),
  );
}

function selfLink(feed: Element, address: string): readonly Fault[] {
  const selves = linksOf(feed, 'self');
  const faults = counted(feed, 'link rel=self', selves.length, 1, 1);
  const wrong = selves.filter(({ attributes }) => attributes.href !== address);
  return [...faults, ...wrong.map(at => ({ at, message: `self is ${at.attributes.href}, not ${address}` }))];
}

function checkEntry(at: Element): readonly Fault[] {
  const alternates = linksOf(at, 'alternate');
  const needed = childrenOf(at, atom('content')).length === 0 ? 1 : 0;
  const own = childrenOf(at, atom('published'))[0];
  const updated = childrenOf(at, atom('updated'))[0];
  const early = own && updated && Date.parse(updated.text) < Date.parse(own.text);
  return [
    ...counted(at, 'alternate link', alternates.length, needed, 1),
    ...counted(at, 'author', childrenOf(at, atom('author')).length, 1, Number.POSITIVE_INFINITY),
    ...counted(at, 'content', childrenOf(at, atom('content')).length, 0, 1),
    ...counted(at, 'summary', childrenOf(at, atom('summary')).length, 0, 1),
    ...(early ? [{ at: updated, message: 'updated before it was published' }] : []),
  ];
}

function linksOf(at: Element, rel: string): readonly Element[] {
  return childrenOf(at, atom('link')).filter(({ attributes }) => (attributes.rel ?? 'alternate') === rel);
}

const DATES = new Set([atom('updated'), atom('published')]);
const IDS = new Set([atom('id'), atom('uri')]);

function checkElement(at: Element): readonly Fault[] {
  const faults: Fault[] = [];
  if (DATES.has(at.name) && !DATE.test(at.text)) faults.push({ at, message: `"${at.text}" is no date` });
  if (IDS.has(at.name) && !isAbsolute(at.text)) faults.push({ at, message: `"${at.text}" is no URI` });
  if (at.name === atom('name') && at.text.trim() === '')
    faults.push({ at, message: 'a person without a name' });
  if (at.name === atom('email') && !/^[^\s@]+@[^\s@]+$/.test(at.text))
    faults.push({ at, message: 'no e-mail' });
  if (at.name === atom('category') && !at.attributes.term)
    faults.push({ at, message: 'a category without term' });
  if (at.name === atom('link')) faults.push(...checkLink(at));
  return faults;
}

function checkLink(at: Element): readonly Fault[] {
  const { type, length } = at.attributes;
  return [
    ...(type !== undefined && !/^[^\s/;]+\/[^\s/;]+$/.test(type) ? [{ at, message: `type="${type}"` }] : []),
    ...(length !== undefined && !/^\d+$/.test(length) ? [{ at, message: `length="${length}"` }] : []),
  ];
}
