import { fits, isFrontPage, isSameSite, keyOf } from './addresses.ts';
import { listed, type WebPageOptions } from './options.ts';

/** May this address be an article's, by the operator's patterns and without them? `from` is where it was found. */
export function isWanted(link: string, from: string, { match, skip }: WebPageOptions): boolean {
  if (isFrontPage(link) || keyOf(link) === keyOf(from)) return false;
  const [wanted, unwanted] = [listed(match), listed(skip)];
  const isNamed = fits(
    link,
    wanted.filter(pattern => /^https?:/i.test(pattern)),
  );
  if (!isNamed && !isSameSite(link, from)) return false;
  return (wanted.length === 0 || fits(link, wanted)) && !fits(link, unwanted);
}
