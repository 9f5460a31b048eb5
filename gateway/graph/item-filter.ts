import { CodedError } from '../../schemas/errors.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Visibility } from '../../schemas/item.ts';
import type { SiteKind } from '../../schemas/site.ts';
import { mayOversee, type Rights } from '../http/access.ts';
import type { ItemFilter } from '../store/items.ts';
import { fromEnum } from './enum-names.ts';
import { LIMITS } from './limits.ts';

/** `ItemFilter` of the SDL as it comes in: anything may be absent or null. */
export interface FilterInput {
  readonly sites?: readonly string[] | null;
  readonly kinds?: readonly string[] | null;
  readonly topics?: readonly string[] | null;
  readonly categories?: readonly string[] | null;
  readonly language?: string | null;
  readonly publishedAfter?: Instant | null;
  readonly publishedBefore?: Instant | null;
  readonly releasedAfter?: Instant | null;
  readonly text?: string | null;
  readonly visibility?: readonly Visibility[] | null;
}

/** The store's filter. Throws BAD_INPUT for what can't be meant, FORBIDDEN for what the asker may not see. */
export function toFilter(
  input: FilterInput | null | undefined,
  federation: Federation,
  rights: Rights,
): ItemFilter {
  if (!input) return {};
  requireShort(input);
  requireKnown('site', input.sites, new Set(federation.sites.map(site => site.id)));
  requireKnown('topic', input.topics, new Set(federation.topics.map(topic => topic.id)));
  const { kinds, text, visibility, ...rest } = input;
  if (visibility) requireOversight(visibility, input.sites ?? [], rights);
  return withoutNulls({
    ...rest,
    // Elsewhere an empty list selects all; here it must not open anything.
    visibility: visibility?.length ? visibility : null,
    kinds: kinds?.map(kind => fromEnum(kind) as SiteKind) ?? null,
    text: text === null || text === undefined ? null : searchText(text),
  });
}

/** Throws BAD_INPUT unless there are words to look for. */
export function searchText(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length > 0 && trimmed.length <= LIMITS.searchText) return trimmed;
  throw new CodedError('BAD_INPUT', `A search has 1 to ${LIMITS.searchText} characters.`, {
    data: { allowed: [1, LIMITS.searchText] },
  });
}

function requireOversight(wanted: readonly Visibility[], sites: readonly string[], rights: Rights): void {
  if (wanted.every(visibility => visibility === 'RELEASED')) return;
  if (rights.scopes.has('operate')) return;
  if (sites.length > 0 && sites.every(site => mayOversee(rights, site))) return;
  throw new CodedError(
    'FORBIDDEN',
    'States besides RELEASED need a token with operate, or a site’s own key with `sites` naming only that site.',
  );
}

/** Throws BAD_INPUT for a list that is too long. */
export function requireShort(input: object): void {
  for (const [name, value] of Object.entries(input)) {
    if (Array.isArray(value) && value.length > LIMITS.filterValues) {
      throw new CodedError('BAD_INPUT', `filter.${name} takes at most ${LIMITS.filterValues} values.`, {
        data: { argument: name, allowed: LIMITS.filterValues },
      });
    }
  }
}

function requireKnown(
  what: string,
  ids: readonly string[] | null | undefined,
  known: ReadonlySet<string>,
): void {
  const unknown = ids?.filter(id => !known.has(id)) ?? [];
  if (unknown.length === 0) return;
  throw new CodedError('BAD_INPUT', `There is no ${what} ${unknown.slice(0, 5).join(', ')}.`, {
    data: { unknown: unknown.slice(0, 5) },
  });
}

/** The store's types know absent, not null. */
function withoutNulls(values: { readonly [Name in keyof ItemFilter]: ItemFilter[Name] | null }): ItemFilter {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  );
}
