import type { IdentityKey } from '../../schemas/item.ts';

/**
 * Which keys of a document's entries tell one entry from another: one that two of them share, or that is the home page,
 * names neither.
 */
export function trustedKeys(
  keysOfAll: readonly (readonly IdentityKey[])[],
  home: string,
): readonly IdentityKey[][] {
  const times = new Map<string, number>();
  for (const keys of keysOfAll) {
    for (const key of keys) times.set(nameOf(key), (times.get(nameOf(key)) ?? 0) + 1);
  }
  return keysOfAll.map(keys => keys.filter(one => times.get(nameOf(one)) === 1 && one.key !== home));
}

const nameOf = ({ kind, key }: IdentityKey): string => `${kind} ${key}`;
