import type { ContentSchema } from '../../../schemas/federation.ts';
import type { Item } from '../../../schemas/item.ts';
import { OWN_KEY, ownEntryPoint, ownFieldType } from '../../../schemas/subschemas/own.ts';
import { cleanHtml } from '../../normalise/clean-html.ts';
import type { GraphContext } from '../context.ts';
import { isWebAddress } from '../scalars.ts';
import type { Resolvers } from '../subschema.ts';

/** Answers a content schema's type from what the items store of it. Total: a value of another type is null. */
export function ownResolvers(schema: ContentSchema): Resolvers {
  const fields = Object.entries(schema.fields).map(([name, type]) => [
    name,
    (item: Item) => ownValue(item.own?.fields[name], type),
  ]);
  return {
    Query: {
      [ownEntryPoint(schema)]: async (
        _parent: unknown,
        { ids }: { readonly ids: readonly string[] },
        { reads }: GraphContext,
      ) => (await reads.items(ids)).map(item => (item?.own?.type === schema.type ? item : null)),
    },
    [schema.type]: { ...Object.fromEntries(fields), [OWN_KEY]: (item: Item) => item.id },
  };
}

/** A foreign value as the type the content schema gives it; null when it isn't one. */
export function ownValue(value: unknown, type: string): unknown {
  const known = ownFieldType(type);
  if (!known || value === undefined || value === null) return null;
  const read = READERS[known.name];
  if (!read) return null;
  if (!known.list) return read(value);
  return (Array.isArray(value) ? value : [value]).map(read).filter(each => each !== null);
}

const READERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  String: toText,
  // Cleaned when it came in, by what its schema said then; the federation file may call it HTML only since.
  HTML: value => (typeof value === 'string' ? cleanHtml(value).html : null),
  URL: value => (typeof value === 'string' && isWebAddress(value) ? value : null),
  Boolean: value => (typeof value === 'boolean' ? value : null),
  Float: toNumber,
  Int: value => {
    const number = toNumber(value);
    return number !== null && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : null;
  },
  DateTime: value => {
    const at = typeof value === 'string' ? Date.parse(value) : value;
    return typeof at === 'number' && Number.isSafeInteger(at) ? at : null;
  },
};

function toText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
