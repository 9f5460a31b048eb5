import { decodeHTML } from 'entities';
import { isRecord, type Json } from '../json-map/json-path.ts';
import { type Document, type Element, elementsIn, rawTextOf } from './tree.ts';

export type Block = { readonly [key: string]: Json };

const MOST_SCRIPTS = 50;
const MOST_BLOCKS = 300;
const ARTICLE =
  /^(?:https?:\/\/schema\.org\/|schema:)?(?:\w{0,40}NewsArticle|Article|BlogPosting|LiveBlogPosting|TechArticle|Report|SocialMediaPosting)$/;

/** What the page says of itself as JSON-LD: every object, those in lists, graphs and `mainEntity` too. */
export function jsonLdOf(page: Document): Block[] {
  const blocks: Block[] = [];
  let scripts = 0;
  for (const element of elementsIn(page)) {
    if (!isJsonLd(element) || ++scripts > MOST_SCRIPTS) continue;
    const value = parseLoosely(rawTextOf(element));
    if (value !== undefined) open(value, blocks, 0);
  }
  return blocks;
}

export function isArticle(block: Block): boolean {
  return [block['@type']].flat().some(type => typeof type === 'string' && ARTICLE.test(type));
}

function isJsonLd({ name, attribs }: Element): boolean {
  return name === 'script' && /^\s*application\/ld\+json/i.test(attribs.type ?? '');
}

/** JSON as content systems really embed it: in comments or CDATA, with raw line breaks in texts, with a comma too many. */
function parseLoosely(text: string): Json | undefined {
  const bare = text
    .replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)\s*;?\s*$/, '')
    .trim()
    .replace(/;$/, '');
  return parsed(bare) ?? parsed(repaired(bare)) ?? parsed(decodeHTML(bare));
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function repaired(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: raw control characters in strings are the usual fault
  return text.replace(/[\u0000-\u001f]+/g, ' ').replace(/,\s*([}\]])/g, '$1');
}

const INSIDE = ['@graph', 'mainEntity', 'mainEntityOfPage', 'hasPart'];

function open(value: Json, blocks: Block[], depth: number): void {
  if (depth > 4 || blocks.length >= MOST_BLOCKS) return;
  if (Array.isArray(value)) {
    for (const part of value.slice(0, MOST_BLOCKS)) open(part, blocks, depth + 1);
  } else if (isRecord(value)) {
    blocks.push(value);
    for (const key of INSIDE) {
      const inner = value[key];
      if (typeof inner === 'object' && inner !== null) open(inner, blocks, depth + 1);
    }
  }
}
