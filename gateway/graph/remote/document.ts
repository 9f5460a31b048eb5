import {
  type ArgumentNode,
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isEnumType,
  isObjectType,
  Kind,
  type ObjectFieldNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { CodedError } from '../../../schemas/errors.ts';
import { OWN_KEY } from '../../../schemas/subschemas/own.ts';

/** Response key of the remote key, asked always, because answers are matched by it. */
export const KEY_ALIAS = 'lienthong_key';

/** Under which name a field is asked whose reader calls it so: a reader's own `lienthong_key` is not the key. */
export function sentName(name: string): string {
  return name.startsWith(KEY_ALIAS) ? `${name}_` : name;
}

/** What is asked of these fields, in the remote's own words: `{ views a: author { name } }`; '' when nothing is. */
export function remoteSelection(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  info: GraphQLResolveInfo,
): string {
  return nodes
    .flatMap(node => (node.selectionSet ? convert(node.selectionSet, type, info) : []))
    .map(print)
    .join(' ');
}

function convert(
  set: SelectionSetNode,
  type: GraphQLObjectType,
  info: GraphQLResolveInfo,
): readonly FieldNode[] {
  return set.selections.flatMap(node => {
    if (!isIncluded(node, info)) return [];
    if (node.kind === Kind.FIELD) return convertField(node, type, info);
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : info.fragments[node.name.value];
    // No abstract type is ever offered, so a fragment that got here is on this very type.
    return fragment ? convert(fragment.selectionSet, type, info) : [];
  });
}

function convertField(
  node: FieldNode,
  type: GraphQLObjectType,
  info: GraphQLResolveInfo,
): readonly FieldNode[] {
  const field = type.getFields()[node.name.value];
  // `__typename` and the item's id are ours to say.
  if (!field || node.name.value === OWN_KEY) return [];
  const inner = getNamedType(field.type);
  const selections = isObjectType(inner) && node.selectionSet ? convert(node.selectionSet, inner, info) : [];
  const { alias } = node;
  const named: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
  return [
    {
      kind: Kind.FIELD,
      name: node.name,
      ...(alias && { alias: { ...alias, value: sentName(alias.value) } }),
      arguments: argumentsOf(node, field, info),
      ...(isObjectType(inner) && {
        selectionSet: {
          kind: Kind.SELECTION_SET as const,
          selections: selections.length > 0 ? selections : [named],
        },
      }),
    },
  ];
}

/** With values in place of variables: the remote is sent no variables but its keys. Throws BAD_INPUT. */
export function argumentsOf(
  { arguments: given = [] }: FieldNode,
  { args }: { readonly args: readonly Arg[] },
  { variableValues }: Pick<GraphQLResolveInfo, 'variableValues'>,
): readonly ArgumentNode[] {
  return given.flatMap(argument => {
    const type = args.find(({ name }) => name === argument.name.value)?.type;
    const value = written(argument.value, variableValues, isEnumType(type && getNamedType(type)));
    return value ? { ...argument, value } : [];
  });
}

type Arg = ReturnType<GraphQLObjectType['getFields']>[string]['args'][number];

/** A value without variables, however deep they are; undefined for one that is not given. */
function written(
  node: ValueNode,
  values: GraphQLResolveInfo['variableValues'],
  isEnum: boolean,
): ValueNode | undefined {
  if (node.kind === Kind.VARIABLE) {
    const value = values[node.name.value];
    return value === undefined ? undefined : literal(value, isEnum);
  }
  if (node.kind === Kind.LIST) {
    // A variable that is not given leaves no hole in a list.
    const inner = node.values.map(each => written(each, values, isEnum) ?? literal(null, isEnum));
    return { ...node, values: inner };
  }
  if (node.kind !== Kind.OBJECT) return node;
  const fields = node.fields.flatMap(field => {
    const value = written(field.value, values, isEnum);
    return value ? { ...field, value } : [];
  });
  return { ...node, fields };
}

function literal(value: unknown, isEnum: boolean): ValueNode {
  if (typeof value === 'string') return { kind: isEnum ? Kind.ENUM : Kind.STRING, value };
  if (typeof value === 'boolean') return { kind: Kind.BOOLEAN, value };
  if (typeof value === 'number') {
    const text = String(value);
    return { kind: /^-?\d+$/.test(text) ? Kind.INT : Kind.FLOAT, value: text };
  }
  if (Array.isArray(value)) return { kind: Kind.LIST, values: value.map(each => literal(each, isEnum)) };
  if (typeof value !== 'object' || value === null) return { kind: Kind.NULL };
  return {
    kind: Kind.OBJECT,
    fields: Object.entries(value).map(([name, each]) => member(name, each, isEnum)),
  };
}

function member(name: string, value: unknown, isEnum: boolean): ObjectFieldNode {
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new CodedError('BAD_INPUT', 'An object that a site is asked with has only names as its keys.', {
      data: { allowed: 'letters, digits and _' },
    });
  return {
    kind: Kind.OBJECT_FIELD,
    name: { kind: Kind.NAME, value: name },
    value: literal(value, isEnum),
  };
}

function isIncluded(node: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false;
}
