import { createHash } from 'node:crypto';
import type { Deletion } from '../../schemas/entry.ts';
import type { IdentityKey } from '../../schemas/item.ts';
import type { Source } from '../../schemas/source.ts';
import { canonicalLink } from './canonical-link.ts';
import { cut, wanted } from './clean-text.ts';

/**
 * Namespace of all our ids (RFC 9562, 5.5). Made once, at random; another one would give every item another id,
 * so it never changes.
 */
const NAMESPACE = Buffer.from('7d1f0a5e3c4b4e0f9a6d52b8c1e7f394', 'hex');

/** `urn:uuid:` and the name-based UUID (version 5) of the site and the first key that an item was seen under. */
export function mintId(site: string, { kind, key }: IdentityKey): string {
  return uuidOf(createHash('sha1').update(NAMESPACE).update(`${site}\n${kind}\n${key}`).digest());
}

/** The digest's first 16 bytes, marked as a UUID of version 5, with `urn:uuid:` in front. */
export function uuidOf(digest: Uint8Array): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `urn:uuid:${groups.join('-')}`;
}

/** What an entry can be recognised by. */
export interface Recognisable {
  readonly sourceId?: string | undefined;
  readonly link?: string | undefined;
  readonly otherLinks?: readonly string[] | undefined;
}

/**
 * Keys by falling trust: the source's own id, the link, every address there is of the page. The link stands among the
 * addresses too, so that it is found where another source names it as its short or AMP address only.
 */
export function keysOf(
  { sourceId, link, otherLinks = [] }: Recognisable,
  source: Pick<Source, 'name'>,
): IdentityKey[] {
  const keys: IdentityKey[] = [];
  const id = tidyId(sourceId);
  if (id)
    keys.push(isUniversal(id) ? { kind: 'guid', key: id } : { kind: 'native', key: `${source.name} ${id}` });
  if (link) keys.push({ kind: 'link', key: canonicalLink(link) });
  const addresses = [link, isWebAddress(id) ? id : undefined, ...otherLinks];
  for (const key of new Set(addresses.flatMap(address => (address ? [canonicalLink(address)] : [])))) {
    keys.push({ kind: 'alternate', key });
  }
  return keys;
}

/** The source's id, word for word but for what no database and no XML could hold. */
export function tidyId(sourceId: string | undefined): string {
  return cut(wanted(sourceId ?? '').trim(), 2_000);
}

/** The keys of what a deletion names. */
export function deletionKeys(deletion: Deletion, source: Pick<Source, 'name'>): IdentityKey[] {
  return keysOf(deletion, source);
}

/** Ids that are made to be unique everywhere; a bare number or a short word is its source's only. */
function isUniversal(id: string): boolean {
  return isWebAddress(id) || /^(?:tag|urn):\S{6,}/i.test(id) || UUID.test(id);
}

const UUID = /^\{?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\}?$/i;

const isWebAddress = (id: string): boolean => /^https?:\/\/[^\s/]+\//i.test(id);

/** For an entry whose every key is shared with others: recognised by its words, so that at least it isn't lost. */
export function fallbackKey(
  title: string,
  published: number | undefined,
  source: Pick<Source, 'name'>,
): IdentityKey {
  const words = createHash('sha256')
    .update(`${title}\n${published ?? ''}`)
    .digest('hex')
    .slice(0, 32);
  return { kind: 'native', key: `${source.name} words:${words}` };
}
