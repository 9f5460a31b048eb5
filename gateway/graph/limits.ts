import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { CodedError } from '../../schemas/errors.ts';
import { OPERATION_LIMITS } from '../../schemas/operation-limits.ts';
import { CHANGES_MOST } from '../publish/change-page.ts';
import { LONGEST_SEARCH } from '../store/search-text.ts';

/** Everything that bounds an operation, for all lanes. Each refusal says what would be allowed. */
export const LIMITS = {
  ...OPERATION_LIMITS,
  /** Changes on one page. */
  changes: CHANGES_MOST,
  /** Characters of a search. */
  searchText: LONGEST_SEARCH,
} as const;

/** Throws LIMIT_EXCEEDED, and BAD_INPUT as for variables. Before validation, because validating a hostile document is itself dear. */
export function requireModest(document: DocumentNode): void {
  let aliases = 0;
  visit(document, {
    Field: node => {
      if (node.alias) aliases += 1;
    },
    StringValue: ({ value }) => requireWithoutNul(value),
  });
  within('aliases', aliases, 'aliases');
  const shapes = fragmentShapes(document);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const shape = shapeOf(definition.selectionSet, shapes);
    within('rootFields', shape.top, 'root fields');
    within('depth', shape.depth, 'levels of fields');
    within('fields', shape.fields, 'fields');
  }
}

/** How many fields an operation has, each as often as its fragments are spread. */
export function fieldsOf(document: DocumentNode, { selectionSet }: OperationDefinitionNode): number {
  return shapeOf(selectionSet, fragmentShapes(document)).fields;
}

/**
 * Throws LIMIT_EXCEEDED for too many values, before they are coerced, which is dear for what is wrong in ten thousand
 * places; BAD_INPUT for a text that no store of ours can hold.
 */
export function requireModestVariables(variables: Readonly<Record<string, unknown>>): void {
  const open: object[] = [variables];
  let values = 0;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const inner: unknown[] = Object.values(value);
    values += inner.length;
    within('variableValues', values, 'values in its variables');
    for (const each of inner) {
      if (typeof each === 'string') requireWithoutNul(each);
      else if (typeof each === 'object' && each !== null) open.push(each);
    }
  }
}

/** U+0000 is in no text that anybody writes, and PostgreSQL keeps none. */
function requireWithoutNul(text: string): void {
  if (text.includes('\0')) throw new CodedError('BAD_INPUT', 'A text here holds U+0000; leave it out.');
}

/** How many are asked: `usual` when nothing is said. Throws BAD_INPUT unless 1 ≤ first ≤ largest. */
export function requirePageSize(
  first: number | null | undefined,
  { usual, largest }: { readonly usual: number; readonly largest: number } = {
    usual: 20,
    largest: LIMITS.page,
  },
): number {
  const size = first ?? usual;
  if (size >= 1 && size <= largest) return size;
  throw new CodedError('BAD_INPUT', `\`first\` must be 1 to ${largest}, not ${size}.`, {
    data: { argument: 'first', allowed: [1, largest] },
  });
}

/** What one execution may still ask for. */
export interface Budget {
  /** Throws LIMIT_EXCEEDED when all lists together ask for more than is allowed. */
  spend(items: number): void;
}

export function newBudget(): Budget {
  let asked = 0;
  return {
    spend: items => {
      asked += items;
      within('items', asked, 'items on all its pages together');
    },
  };
}

interface Shape {
  readonly top: number;
  readonly depth: number;
  readonly fields: number;
}

const NOTHING: Shape = { top: 0, depth: 0, fields: 0 };

type Shapes = (fragment: string) => Shape;

/** Each fragment is measured once, so fragments that name each other many times stay cheap; a cycle counts as nothing. */
function fragmentShapes(document: DocumentNode): Shapes {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const measured = new Map<string, Shape>();
  const shapes: Shapes = name => {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    const shape = fragment ? shapeOf(fragment.selectionSet, shapes) : NOTHING;
    measured.set(name, shape);
    return shape;
  };
  return shapes;
}

function shapeOf(selections: SelectionSetNode, shapes: Shapes): Shape {
  let shape = NOTHING;
  for (const node of selections.selections) {
    if (node.kind === Kind.FIELD) shape = add(shape, fieldShape(node, shapes));
    else if (node.kind === Kind.INLINE_FRAGMENT) shape = add(shape, shapeOf(node.selectionSet, shapes));
    else shape = add(shape, shapes(node.name.value));
  }
  return shape;
}

function fieldShape(node: FieldNode, shapes: Shapes): Shape {
  const below = node.selectionSet ? shapeOf(node.selectionSet, shapes) : NOTHING;
  const introspects = node.name.value.startsWith('__');
  return { top: 1, depth: introspects ? 1 : below.depth + 1, fields: below.fields + 1 };
}

function add(one: Shape, other: Shape): Shape {
  return {
    top: one.top + other.top,
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
  };
}

function within(
  limit: 'aliases' | 'rootFields' | 'depth' | 'fields' | 'items' | 'variableValues',
  asked: number,
  what: string,
): void {
  const allowed = LIMITS[limit];
  if (asked <= allowed) return;
  throw new CodedError('LIMIT_EXCEEDED', `This operation has ${asked} ${what}; ${allowed} are allowed.`, {
    data: { limit, asked, allowed },
  });
}
