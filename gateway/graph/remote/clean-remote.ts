import { type GraphQLNamedType, isEnumType, isLeafType, isSpecifiedScalarType } from 'graphql';
import { cleanHtml } from '../../normalise/clean-html.ts';

const DEEPEST = 8;
const MOST = 1_000;
const SCRIPT = /^(?:javascript|vbscript|data):/i;

/** A remote leaf as it is given out: text through the sanitiser; null where it is not of its type. */
export function cleanLeaf(value: unknown, type: GraphQLNamedType): unknown {
  if (value === null || value === undefined || !isLeafType(type)) return null;
  const clean = cleanValue(value);
  if (!isEnumType(type) && !isSpecifiedScalarType(type)) return clean;
  try {
    return type.serialize(clean) ?? null;
  } catch {
    return null;
  }
}

function cleanValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return null;
  if (Array.isArray(value)) return value.slice(0, MOST).map(each => cleanValue(each, depth + 1));
  const entries = Object.entries(value).slice(0, MOST);
  return Object.fromEntries(entries.map(([name, each]) => [cleanText(name), cleanValue(each, depth + 1)]));
}

/** Safe wherever it is put; null for what would be run. */
export function cleanText(text: string): string | null {
  // Browsers drop white space and control characters before they look for the scheme.
  if (SCRIPT.test(text.slice(0, 200).replace(/[\s\p{Cc}]/gu, ''))) return null;
  return text.includes('<') ? cleanHtml(text.toWellFormed()).html : text.toWellFormed();
}
