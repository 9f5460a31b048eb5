import { decodeHTML } from 'entities';
import { type Answer, isRobotCheck, textOf } from './answer.ts';

export interface Home {
  /** Root of the REST API as the site advertises it, absolute. */
  readonly root?: string;
  readonly language?: string;
  readonly robotCheck: boolean;
}

/** “REL = https://api.w.org/” (REST API handbook, Discovery): in the Link header, or in a `<link>` of the page. */
const REL = 'https://api.w.org/';

/** What a site's page says of its API. Total: a page that says nothing gives nothing. */
export function readHome(answer: Answer, linkHeader: string | undefined): Home {
  const page = textOf(answer).slice(0, 262_144);
  const root = absolute(fromHeader(linkHeader ?? '') ?? fromPage(page), answer.url);
  const language = /<html\b[^<>]{0,500}?\slang=["']?([a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3})/i.exec(page)?.[1];
  return {
    ...(root !== undefined && { root }),
    ...(language !== undefined && { language }),
    robotCheck: root === undefined && isRobotCheck(page),
  };
}

function fromHeader(header: string): string | undefined {
  const links = header.slice(0, 16_384).matchAll(/<([^<>]{1,2000})>([^<]{0,500})/g);
  return [...links].find(([, , parameters = '']) => parameters.includes(REL))?.[1];
}

function fromPage(page: string): string | undefined {
  const tags = page.matchAll(/<link\b[^<>]{1,2000}>/gi);
  const tag = [...tags].map(([one]) => one).find(one => one.includes(REL) && one.includes('href'));
  const href = /\shref=(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s>]{1,2000}))/i.exec(tag ?? '');
  return href ? decodeHTML(href[1] ?? href[2] ?? href[3] ?? '') : undefined;
}

function absolute(address: string | undefined, base: string): string | undefined {
  if (address === undefined || !URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}
