import { counted, type Fault, isAbsolute, repeated } from './w3c-rules.ts';
import { childrenOf, type Element } from './xml-elements.ts';

const ATOM_LINK = '{http://www.w3.org/2005/Atom}link';
const CREATOR = '{http://purl.org/dc/elements/1.1/}creator';
const MEDIA = '{http://search.yahoo.com/mrss/}content';
/** RFC 822 with the four-digit years of RFC 1123. */
const DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})$/;

export function checkRss(rss: Element, address: string): readonly Fault[] {
  const [channel] = childrenOf(rss, 'channel');
  if (rss.name !== 'rss' || !channel) return [{ at: rss, message: 'no rss with a channel' }];
  const items = childrenOf(channel, 'item');
  return [
    ...(rss.attributes.version === '2.0' ? [] : [{ at: rss, message: 'not version 2.0' }]),
    ...['title', 'link', 'description'].flatMap(name => exactlyOnce(channel, name)),
    ...addresses(channel),
    ...dates(channel, 'lastBuildDate'),
    ...selfLink(channel, address),
    ...language(channel),
    ...items.flatMap(checkItem),
    ...repeated(items.flatMap(item => childrenOf(item, 'guid'))),
  ];
}

function exactlyOnce(at: Element, name: string): readonly Fault[] {
  const found = childrenOf(at, name);
  return [
    ...counted(at, name, found.length, 1, 1),
    ...found
      .filter(({ text }) => text.trim() === '')
      .map(blank => ({ at: blank, message: `an empty ${name}` })),
  ];
}

function addresses(at: Element): readonly Fault[] {
  return ['link', 'comments', 'docs'].flatMap(name =>
    childrenOf(at, name)
      .filter(({ text }) => !isAbsolute(text))
      .map(link => ({ at: link, message: `"${link.text}" is no address` })),
  );
}

function dates(at: Element, name: string): readonly Fault[] {
  return childrenOf(at, name)
    .filter(({ text }) => !DATE.test(text) || Number.isNaN(Date.parse(text)))
    .map(date => ({ at: date, message: `"${date.text}" is no RFC 822 date` }));
}

function selfLink(channel: Element, address: string): readonly Fault[] {
  const selves = childrenOf(channel, ATOM_LINK).filter(({ attributes }) => attributes.rel === 'self');
  const wrong = selves.filter(({ attributes }) => attributes.href !== address);
  return [
    ...counted(channel, 'atom:link rel=self', selves.length, 1, 1),
    ...wrong.map(at => ({ at, message: `self is ${at.attributes.href}, not ${address}` })),
  ];
}

function language(channel: Element): readonly Fault[] {
  return childrenOf(channel, 'language')
    .filter(({ text }) => !/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(text))
    .map(at => ({ at, message: `"${at.text}" is no language` }));
}

const ONCE = ['title', 'description', 'link', 'guid', 'pubDate', 'author', 'source', 'comments', 'enclosure'];

function checkItem(at: Element): readonly Fault[] {
  const said = [...childrenOf(at, 'title'), ...childrenOf(at, 'description')];
  return [
    ...ONCE.flatMap(name => counted(at, name, childrenOf(at, name).length, 0, 1)),
    ...(said.some(({ text }) => text.trim() !== '')
      ? []
      : [{ at, message: 'neither title nor description' }]),
    ...counted(at, 'guid', childrenOf(at, 'guid').length, 1, 1),
    ...counted(at, 'pubDate', childrenOf(at, 'pubDate').length, 1, 1),
    ...addresses(at),
    ...dates(at, 'pubDate'),
    ...childrenOf(at, 'guid').flatMap(guid),
    ...childrenOf(at, 'enclosure').flatMap(enclosure),
    ...childrenOf(at, MEDIA).flatMap(media),
    ...childrenOf(at, 'author')
      .filter(({ text }) => !/^[^\s@]+@[^\s@]+(?: \(.+\))?$/.test(text))
      .map(author => ({ at: author, message: 'an author without e-mail' })),
    ...[...childrenOf(at, CREATOR), ...childrenOf(at, 'category')]
      .filter(({ text }) => text.trim() === '')
      .map(blank => ({ at: blank, message: `an empty ${blank.name}` })),
    ...childrenOf(at, 'source').flatMap(source =>
      source.attributes.url && source.text.trim()
        ? []
        : [{ at: source, message: 'a source without url or name' }],
    ),
  ];
}

/** "If the guid element has an attribute named isPermaLink with a value of true, the reader may assume that it is a permalink": and true is the default. */
function guid(at: Element): readonly Fault[] {
  if (at.attributes.isPermaLink === 'false') return [];
  return /^https?:/.test(at.text) ? [] : [{ at, message: 'a guid that is no address' }];
}

function enclosure(at: Element): readonly Fault[] {
  const { url = '', length = '', type = '' } = at.attributes;
  const good = /^https?:\/\//.test(url) && /^\d+$/.test(length) && /^[^\s/;]+\/[^\s/;]+$/.test(type);
  return good ? [] : [{ at, message: `enclosure url="${url}" length="${length}" type="${type}"` }];
}

function media(at: Element): readonly Fault[] {
  const { url, width, height, fileSize } = at.attributes;
  const numbers = [width, height, fileSize].filter(value => value !== undefined);
  return url && numbers.every(value => /^\d+$/.test(value))
    ? []
    : [{ at, message: 'media without url or sizes' }];
}
