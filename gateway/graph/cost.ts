import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { CodedError } from '../../schemas/errors.ts';
import { MOST_EXPENSIVE, PRICES } from '../../schemas/prices.ts';
import { LIMITS } from './limits.ts';

type Variables = Readonly<Record<string, unknown>>;

/** What an operation asks for, told by its text and variables alone. `@skip` and `@include` are not heeded. */
export interface Cost {
  readonly price: number;
  /** Items that all its lists together may give. */
  readonly items: number;
}

/** Throws LIMIT_EXCEEDED, with what would be allowed, before anything is executed. The document must be valid. */
export function requireAffordable(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables = {},
): Cost {
  const cost = costOf(document, operation, variables);
  refuseBeyond('items', cost.items, LIMITS.items, 'asks for', 'items on all its pages together');
  refuseBeyond('cost', cost.price, MOST_EXPENSIVE, 'costs', 'in all; ask for smaller pages or fewer objects');
  return cost;
}

function refuseBeyond(
  limit: 'items' | 'cost',
  asked: number,
  allowed: number,
  verb: string,
  what: string,
): void {
  if (asked <= allowed) return;
  throw new CodedError('LIMIT_EXCEEDED', `This operation ${verb} ${asked} ${what}; ${allowed} are allowed.`, {
    data: { limit, asked, allowed, ...(limit === 'cost' && { cost: { asked, allowed, prices: PRICES } }) },
  });
}

/** Lists with pages: how many they give when nothing is said, and at most. */
const LISTS: Readonly<Record<string, { readonly usual: number; readonly largest: number }>> = {
  items: { usual: 20, largest: LIMITS.page },
  search: { usual: 20, largest: LIMITS.page },
  changes: { usual: 100, largest: LIMITS.changes },
  stories: { usual: 20, largest: LIMITS.page },
  problems: { usual: 20, largest: LIMITS.page },
};

/** Lists below others, which say how many they give. Their items may have such a list again. */
const LISTS_BELOW: typeof LISTS = { others: { usual: 20, largest: LIMITS.page } };

/** Objects that cost more than others, wherever they are. */
const DEAR: ReadonlyMap<string, number> = new Map([
  ['own', PRICES.own],
  ['facets', PRICES.facets],
  ['history', PRICES.history],
  ['problems', PRICES.problems],
]);

/** Fields of a page that are there once, however many it has. */
const ONCE = new Set(['pageInfo', 'facets']);

interface Reading {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Each fragment is priced once, so fragments that name each other many times stay cheap. */
  readonly priced: Map<string, number>;
  readonly valueOf: (node: ValueNode | undefined) => unknown;
}

/** Of a valid document, as `requireAffordable` judges it. */
export function costOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const reading: Reading = { fragments, priced: new Map(), valueOf: valueReader(operation, variables) };
  let price = 0;
  let items = 0;
  for (const field of rootFields(operation.selectionSet, fragments)) {
    const root = priceOfRoot(field, reading);
    price += root.price;
    items += root.items;
  }
  return { price, items };
}

function priceOfRoot(field: FieldNode, reading: Reading): Cost {
  const list = LISTS[field.name.value];
  const below = field.selectionSet;
  if (field.name.value === '__typename') return { price: 0, items: 0 };
  if (!list) {
    const times = field.name.value === '__schema' ? PRICES.schemaSize : PRICES.otherSize;
    return { price: PRICES.other + (below ? times * priceBelow(below, reading) : 0), items: 0 };
  }
  const size = sizeOf(field, list, reading);
  const words = looksForWords(field, reading) ? PRICES.words : 0;
  return { price: PRICES.list + words + (below ? priceOfPage(below, size, reading) : 0), items: size };
}

function priceOfPage(page: SelectionSetNode, size: number, reading: Reading): number {
  let price = 0;
  for (const field of rootFields(page, reading.fragments)) {
    price += ONCE.has(field.name.value) ? priceOf(field, reading) : size * priceOf(field, reading);
  }
  return price;
}

function priceBelow(selections: SelectionSetNode, reading: Reading): number {
  let price = 0;
  for (const node of selections.selections) {
    if (node.kind === Kind.FIELD) price += priceOf(node, reading);
    else if (node.kind === Kind.INLINE_FRAGMENT) price += priceBelow(node.selectionSet, reading);
    else price += priceOfFragment(node.name.value, reading);
  }
  return price;
}

function priceOf(field: FieldNode, reading: Reading): number {
  if (!field.selectionSet) return 0;
  const self = DEAR.get(field.name.value) ?? PRICES.object;
  const list = LISTS_BELOW[field.name.value];
  const size = list ? sizeOf(field, list, reading) : 1;
  return size * (self + priceBelow(field.selectionSet, reading));
}

function priceOfFragment(name: string, reading: Reading): number {
  const known = reading.priced.get(name);
  if (known !== undefined) return known;
  reading.priced.set(name, 0);
  const fragment = reading.fragments.get(name);
  const price = fragment ? priceBelow(fragment.selectionSet, reading) : 0;
  reading.priced.set(name, price);
  return price;
}

/** All fields of a selection, fragments opened; `requireModest` has bounded how many that can be. */
function* rootFields(
  selections: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Generator<FieldNode> {
  for (const node of selections.selections) {
    if (node.kind === Kind.FIELD) yield node;
    else if (node.kind === Kind.INLINE_FRAGMENT) yield* rootFields(node.selectionSet, fragments);
    else {
      const fragment = fragments.get(node.name.value);
      if (fragment) yield* rootFields(fragment.selectionSet, fragments);
    }
  }
}

/** Sizes that are no sizes are refused by whoever reads the page; here they count as what they come nearest to. */
function sizeOf(
  field: FieldNode,
  { usual, largest }: { usual: number; largest: number },
  reading: Reading,
): number {
  const asked = reading.valueOf(argumentOf(field, 'first'));
  const size = typeof asked === 'number' && Number.isFinite(asked) ? asked : usual;
  return Math.min(Math.max(Math.ceil(size), 0), largest);
}

function looksForWords(field: FieldNode, reading: Reading): boolean {
  if (field.name.value === 'search') return true;
  const filter = argumentOf(field, 'filter');
  if (filter?.kind === Kind.OBJECT) return filter.fields.some(({ name }) => name.value === 'text');
  const given = reading.valueOf(filter);
  return typeof given === 'object' && given !== null && 'text' in given;
}

function argumentOf(field: FieldNode, name: string): ValueNode | undefined {
  return field.arguments?.find(argument => argument.name.value === name)?.value;
}

/** Numbers written out, and whatever variables hold, by their defaults where they are not given. */
function valueReader(operation: OperationDefinitionNode, variables: Variables): Reading['valueOf'] {
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );
  const read = (node: ValueNode | undefined): unknown => {
    if (node?.kind === Kind.INT) return Number(node.value);
    if (node?.kind === Kind.OBJECT)
      return Object.fromEntries(node.fields.map(({ name }) => [name.value, true]));
    if (node?.kind !== Kind.VARIABLE) return undefined;
    const name = node.name.value;
    return Object.hasOwn(variables, name) ? variables[name] : read(defaults.get(name));
  };
  return read;
}
