import { customaryNamespace, knownNamespace, UNKNOWN_NAMESPACE } from './namespaces.ts';
import type { XmlAttribute } from './xml.ts';

/** Prefix → namespace address, inherited. */
export type Scope = ReadonlyMap<string, string>;

export interface SplitName {
  readonly prefix: string;
  readonly local: string;
  readonly lower: string;
}

const MAX_PREFIXES = 256;
/** Names and addresses remembered; a feed has a few dozen. */
const MAX_REMEMBERED = 1_000;
export const NO_PREFIXES: Scope = new Map();
const NO_ATTRIBUTES: readonly XmlAttribute[] = [];

/** What the names of one document mean. Each name is split and each namespace looked up once. */
export class XmlNames {
  readonly #notes: Set<string>;
  readonly #names = new Map<string, SplitName>();
  readonly #addresses = new Map<string, string | undefined>();
  /** The feed's own namespace, whatever its address: `rss` or `atom`. */
  #core = 'rss';
  #rootPrefix: string | undefined;
  #rootAddress = '';

  constructor(notes: Set<string>) {
    this.#notes = notes;
  }

  split(written: string): SplitName {
    const known = this.#names.get(written);
    if (known) return known;
    const colon = written.indexOf(':');
    const prefix = colon < 0 ? '' : written.slice(0, colon);
    const local = colon < 0 ? written : written.slice(colon + 1);
    const name = { prefix, local, lower: local.toLowerCase() };
    if (this.#names.size < MAX_REMEMBERED) this.#names.set(written, name);
    return name;
  }

  /** The root's namespace is the feed's own, even where nobody knows it; RDF's never is. */
  beginWith({ prefix, lower }: SplitName, scope: Scope): void {
    this.#core = lower === 'feed' || lower === 'entry' ? 'atom' : 'rss';
    this.#rootPrefix = lower === 'rdf' ? undefined : prefix;
    this.#rootAddress = scope.get(prefix) ?? '';
  }

  namespaceOf(prefix: string, scope: Scope): string {
    const address = scope.get(prefix);
    if (prefix === this.#rootPrefix && (address ?? '') === this.#rootAddress) return this.#core;
    if (prefix === '' && !address) return this.#core;
    if (prefix !== '' && address === undefined)
      this.#notes.add('Có tiền tố không được khai báo không gian tên.');
    return this.#declared(prefix, address);
  }

  attributesOf(pairs: readonly (readonly [string, string])[], scope: Scope): readonly XmlAttribute[] {
    if (pairs.length === 0) return NO_ATTRIBUTES;
    const attributes: XmlAttribute[] = [];
    for (const [written, value] of pairs) {
      const { prefix, lower } = this.split(written);
      if (prefix === 'xmlns' || written === 'xmlns') continue;
      const ns = prefix === '' ? '' : this.#declared(prefix, scope.get(prefix));
      attributes.push({ ns, name: lower, written, value });
    }
    return attributes;
  }

  #declared(prefix: string, address: string | undefined): string {
    const known = address === undefined ? undefined : this.#lookUp(address);
    if (known) return known;
    return (prefix === '' ? undefined : customaryNamespace(prefix)) ?? UNKNOWN_NAMESPACE;
  }

  #lookUp(address: string): string | undefined {
    if (this.#addresses.has(address)) return this.#addresses.get(address);
    const known = knownNamespace(address);
    if (this.#addresses.size < MAX_REMEMBERED) this.#addresses.set(address, known);
    return known;
  }
}

/** The prefixes known inside an element: its parent's, and those it declares. */
export function scopeOf(pairs: readonly (readonly [string, string])[], inherited: Scope): Scope {
  let own: Map<string, string> | undefined;
  for (const [name, value] of pairs) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    own ??= new Map(inherited);
    if (own.size < MAX_PREFIXES) own.set(name.slice(6), value);
  }
  return own ?? inherited;
}

/** Value of `xml:base` or `xml:lang`. */
export function xmlValue(attributes: readonly XmlAttribute[], name: string): string | undefined {
  if (attributes.length === 0) return undefined;
  return attributes.find(attribute => attribute.ns === 'xml' && attribute.name === name)?.value;
}
