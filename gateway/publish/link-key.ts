import { canonicalLink } from '../normalise/canonical-link.ts';

/** How a link that a person wrote is compared with the links of items: any variant of an address finds it. */
export function linkKey(link: string): string {
  return canonicalLink(link);
}
