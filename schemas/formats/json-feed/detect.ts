import type { DecodedDocument } from '../format.ts';

/** `version` names the format; a few feeds leave it out and have `items` with `home_page_url` or `feed_url`. */
export function detect(document: DecodedDocument): boolean {
  if (!/^\s*\{/.test(document.text)) return false;
  if (/"version"\s*:\s*"https?:(?:\/\/|\\\/\\\/)(?:www\.)?jsonfeed\.org/i.test(document.text)) return true;
  return /"items"\s*:\s*\[/.test(document.text) && /"(?:home_page_url|feed_url)"\s*:/.test(document.text);
}
