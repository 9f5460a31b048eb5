import {
  BREAK,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/**
 * The document without what `@skip` and `@include` leave out. Delegation puts fields of one name together and keeps the
 * directives of the first alone, so that `id @skip(if: true) id` would ask for none.
 */
export function withoutSkipped(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables | null,
): DocumentNode {
  if (!isConditional(document)) return document;
  const given = { ...defaultsOf(operation), ...variables };
  let emptied = 0;
  return visit(document, {
    [Kind.SELECTION_SET](set: SelectionSetNode) {
      const selections = set.selections.filter(node => isIncluded(node, given));
      if (selections.length === set.selections.length) return undefined;
      if (selections.length > 0) return { ...set, selections };
      // A selection must not be empty: it keeps a field that is left out later, under a name that no other has.
      emptied += 1;
      return { ...set, selections: [leftOut(emptied)] };
    },
  });
}

function leftOut(number: number): SelectionNode {
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  return {
    kind: Kind.FIELD,
    alias: name(`_leftOut${number}`),
    name: name('__typename'),
    directives: [
      {
        kind: Kind.DIRECTIVE,
        name: name('skip'),
        arguments: [{ kind: Kind.ARGUMENT, name: name('if'), value: { kind: Kind.BOOLEAN, value: true } }],
      },
    ],
  };
}

/** Whether it has `@skip` or `@include`. */
export function isConditional(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.DIRECTIVE]({ name: { value } }) {
      found = value === 'skip' || value === 'include';
      return found ? BREAK : undefined;
    },
  });
  return found;
}

function isIncluded({ directives = [] }: SelectionNode, given: Variables): boolean {
  return directives.every(({ name: { value: name }, arguments: [argument] = [] }) => {
    const value = argument?.value;
    const condition =
      value?.kind === Kind.VARIABLE ? given[value.name.value] : value?.kind === Kind.BOOLEAN && value.value;
    return name === 'skip' ? condition !== true : name !== 'include' || condition === true;
  });
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value]] : [],
    ),
  );
}
