import type { Complaint, FeedDocument, Reader } from './reader.ts';
import { checkAtom } from './w3c-atom.ts';
import { checkRss } from './w3c-rss.ts';
import { type Element, everyElement, parseElements } from './xml-elements.ts';

/** What a rule has against an element. */
export interface Fault {
  readonly at: Element;
  readonly message: string;
}

/** The W3C feed validator's errors, and those of its warnings that a generator can heed, in plain code. */
export const w3cRules: Reader = {
  name: 'W3C rules',
  kinds: ['atom', 'rss'],
  async read(documents) {
    return documents.flatMap(check);
  },
};

function check(document: FeedDocument): readonly Complaint[] {
  const { name, kind, body, address } = document;
  try {
    const root = parseElements(body);
    const faults = [
      ...(kind === 'atom' ? checkAtom(root, address) : checkRss(root, address)),
      ...checkAll(root),
    ];
    return faults.map(({ at, message }) => ({ document: name, line: at.line, message }));
  } catch (thrown) {
    return [{ document: name, message: thrown instanceof Error ? thrown.message : String(thrown) }];
  }
}

/** BadCharacter, SecurityRisk, and attributes that hold addresses. */
function checkAll(root: Element): readonly Fault[] {
  return everyElement(root).flatMap(at => [
    ...(CONTROL.test(at.text + Object.values(at.attributes).join(''))
      ? [{ at, message: 'bad character' }]
      : []),
    ...(RISK.test(at.text) && HTML.has(at.name) ? [{ at, message: 'markup that runs' }] : []),
    ...ADDRESSES.flatMap(attribute => {
      const value = at.attributes[attribute];
      return value === undefined || isAbsolute(value) ? [] : [{ at, message: `${attribute}="${value}"` }];
    }),
  ]);
}

const ADDRESSES = ['href', 'url', 'src', 'scheme', 'ref'];
const HTML = new Set([
  '{http://www.w3.org/2005/Atom}content',
  '{http://purl.org/rss/1.0/modules/content/}encoded',
  'description',
]);
// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that the validator calls bad
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
const RISK =
  /<\s*(?:script|style|link|meta|object|embed|iframe|form|base)\b|<[^>]*\son[a-z]+\s*=|<[^>]*javascript:/i;

/** An absolute URI of RFC 3986's characters. */
export function isAbsolute(address: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/i.test(address) &&
    !/%(?![0-9a-f]{2})/i.test(address)
  );
}

/** Exactly one, or as many as `most`, of a child. */
export function counted(
  at: Element,
  name: string,
  found: number,
  least: number,
  most: number,
): readonly Fault[] {
  return found < least || found > most
    ? [{ at, message: `${found} of ${name}, not ${least} to ${most}` }]
    : [];
}

export function repeated(elements: readonly Element[]): readonly Fault[] {
  const seen = new Set<string>();
  return elements.flatMap(at => {
    const fault = seen.has(at.text) ? [{ at, message: `${at.text} stands twice` }] : [];
    seen.add(at.text);
    return fault;
  });
}
