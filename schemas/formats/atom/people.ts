import type { Person } from '../../text.ts';
import { optional } from '../media.ts';
import { resolve } from '../resolve.ts';
import { all, childText, first, textOf, type XmlElement } from '../xml.ts';

const ATOM = 'atom';

export function peopleOf(parent: XmlElement): Person[] {
  return all(parent, ATOM, 'author').flatMap(author => atomPerson(author) ?? []);
}

/** RFC 4287, 3.2: name, uri, email; Atom 0.3 says `url`, and some write the name straight into `author`. */
function atomPerson(author: XmlElement): Person | undefined {
  const email = childText(author, ATOM, 'email');
  const link = first(author, ATOM, 'uri') ?? first(author, ATOM, 'url') ?? first(author, ATOM, 'homepage');
  const url = link && resolve(textOf(link), link.base);
  const bare = author.children.every(child => typeof child === 'string') ? textOf(author) : undefined;
  const name = childText(author, ATOM, 'name') ?? bare ?? email ?? url;
  return name ? { name, ...optional('email', email), ...optional('url', url) } : undefined;
}
