import { isSpecifiedScalarType } from 'graphql';
import { CodedError } from '../../schemas/errors.ts';
import { SCALARS } from './scalars.ts';
import type { Subschema } from './subschema.ts';

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/**
 * Where two subschemas define one root field or one type, stitching silently lets the last win. Throws
 * CONFIG_INVALID with both names instead. Types that both sides merge by a key are what stitching is for.
 */
export function refuseConflicts(subschemas: readonly Subschema[]): void {
  const owners = new Map<string, string>();
  for (const subschema of subschemas) {
    for (const name of claims(subschema, subschemas)) {
      const other = owners.get(name);
      if (other !== undefined) throw conflict(name, other, subschema.text.id);
      owners.set(name, subschema.text.id);
    }
  }
}

/** `Query.items`, `type Site`, …: what only one subschema may define. */
function claims({ schema, text }: Subschema, all: readonly Subschema[]): readonly string[] {
  const own = Object.values(schema.getTypeMap()).filter(
    type => !type.name.startsWith('__') && !isSpecifiedScalarType(type) && !(type.name in SCALARS),
  );
  const rootFields = ROOTS.flatMap(root => {
    const type = schema.getType(root);
    const fields = type && 'getFields' in type ? Object.keys(type.getFields()) : [];
    return fields.map(field => `${root}.${field}`);
  });
  const types = own.filter(({ name }) => !ROOTS.includes(name) && !isShared(name, text.id, all));
  return [`subschema ${text.id}`, ...rootFields, ...types.map(({ name }) => `type ${name}`)];
}

/** A merged type belongs to all who merge it; a content type's stub in `items` belongs to the one who completes it. */
function isShared(type: string, id: string, all: readonly Subschema[]): boolean {
  const mergers = all.filter(each => each.text.merges[type]);
  return mergers.some(each => each.text.id === id)
    ? mergers.length > 1
    : id === 'items' && mergers.length > 0;
}

function conflict(name: string, one: string, other: string): CodedError {
  return new CodedError(
    'CONFIG_INVALID',
    `${name} is defined by both ${one} and ${other}. Rename it in one of them.`,
    {
      data: { name, subschemas: [one, other] },
    },
  );
}
