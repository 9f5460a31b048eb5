import { CodedError } from '../errors.ts';
import type { DecodedDocument } from './format.ts';
import { FEED_ROOT } from './repair.ts';
import { resolve } from './resolve.ts';

const ROBOT_WORDS =
  /captcha|cf-challenge|challenge-platform|cf_chl_|just a moment\.\.\.|checking your browser|attention required! \| cloudflare|ddos protection by|are you a robot|verify you are (?:a )?human|xác minh (?:bạn )?(?:không phải|là người)|document\.cookie\s*=[^<]{0,400}location\.|_incapsula_resource|sucuri_cloudproxy|anti-?ddos|vddos/i;

/** Looked at for words and marks: a page that refuses says so at its beginning. */
const HEAD = 65_536;

/**
 * Turns away what is no feed at all, under its own name.
 *
 * @throws CodedError EMPTY_DOCUMENT, ROBOT_CHECK, HTML_PAGE.
 */
export function refuseOtherPages(document: DecodedDocument): void {
  const head = document.text.slice(0, HEAD);
  if (document.text.length <= HEAD && head.trim() === '') {
    throw new CodedError('EMPTY_DOCUMENT', 'The site sent an empty document.');
  }
  if (!isPage(head)) return;
  if (ROBOT_WORDS.test(head)) {
    throw new CodedError('ROBOT_CHECK', 'The site sent a page that checks for robots instead of a feed.');
  }
  throw new CodedError('HTML_PAGE', 'The site sent a web page instead of a feed.', {
    data: { ...titleData(head), ...feedsData(head, document.url) },
  });
}

/** A page's own marks before any feed's; a feed may carry a page's marks in its entries. */
function isPage(head: string): boolean {
  const page = head.search(/<(?:html|head|body)[\s>]/i);
  const feed = head.search(FEED_ROOT);
  if (feed < 0 && /<!doctype\s+html/i.test(head)) return true;
  if (page >= 0) return feed < 0 || page < feed;
  return feed < 0 && /^\s*<(?:script|meta|title|div|p|h1|center|noscript)[\s>]/i.test(head);
}

function titleData(head: string): { title?: string } {
  const title = /<title[^>]{0,200}>([^<]{1,200})/i.exec(head)?.[1]?.trim();
  return title ? { title } : {};
}

const LINK = /<link\s([^<>]{1,1000})>/gi;
const FEED_TYPE = /type\s*=\s*["']?application\/(?:rss|atom|feed)\+(?:xml|json)/i;
const MAX_FEEDS = 10;

/** The feeds a page names in its head, so that whoever gave its address can give a better one. */
function feedsData(head: string, base: string | undefined): { feeds?: readonly string[] } {
  const feeds: string[] = [];
  for (const [, attributes = ''] of head.matchAll(LINK)) {
    const href = /href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes);
    const address = FEED_TYPE.test(attributes)
      ? resolve(href?.[1] ?? href?.[2] ?? href?.[3], base)
      : undefined;
    if (address && feeds.length < MAX_FEEDS) feeds.push(address);
  }
  return feeds.length > 0 ? { feeds } : {};
}
