import {
  type ArgumentNode,
  astFromValue,
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isObjectType,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { OWN_KEY } from '../../../schemas/subschemas/own.ts';

/** Response key of the remote key, asked always, because answers are matched by it. */
export const KEY_ALIAS = 'lienthong_key';

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
  if (!field || node.name.value === OWN_KEY || node.alias?.value === KEY_ALIAS) return [];
  const inner = getNamedType(field.type);
  const selections = isObjectType(inner) && node.selectionSet ? convert(node.selectionSet, inner, info) : [];
  const named: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
  return [
    {
      kind: Kind.FIELD,
      name: node.name,
      ...(node.alias && { alias: node.alias }),
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

/** With values in place of variables: the remote is sent no variables but its keys. */
export function argumentsOf(
  { arguments: given = [] }: FieldNode,
  { args }: { readonly args: readonly Arg[] },
  { variableValues }: Pick<GraphQLResolveInfo, 'variableValues'>,
): readonly ArgumentNode[] {
  return given.flatMap(argument => {
    if (argument.value.kind !== Kind.VARIABLE) return argument;
    const type = args.find(({ name }) => name === argument.name.value)?.type;
    const value = type && astFromValue(variableValues[argument.value.name.value], type);
    return value ? { ...argument, value } : [];
  });
}

type Arg = ReturnType<GraphQLObjectType['getFields']>[string]['args'][number];

function isIncluded(node: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false;
}
