import { z } from 'zod';

/** The keys that the schema knows at this path; empty where it is no strict object. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const found = schemaAt(schema, path);
  return [...objectsIn(found)].flatMap(object => Object.keys(object.shape));
}

/** The words that a union's shapes are told apart by, when the path leads to such a word. */
export function discriminatorsAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const union = schemaAt(schema, path.slice(0, -1));
  if (!(union instanceof z.ZodDiscriminatedUnion)) return [];
  const key = String(path.at(-1));
  return [...objectsIn(union)].flatMap(({ shape }) => {
    const word = unwrap(shape[key]);
    return word instanceof z.ZodLiteral ? [...word.values].map(String) : [];
  });
}

/** The union at this path, if there is one. */
export function unionAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  const found = schemaAt(schema, path);
  return found instanceof z.ZodUnion ? found : undefined;
}

function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  let here: z.core.$ZodType | undefined = unwrap(schema);
  for (const step of path) {
    if (here instanceof z.ZodArray) here = unwrap(here.element);
    else if (here instanceof z.ZodRecord) here = unwrap(here.valueType);
    else {
      const object: z.ZodObject | undefined = [...objectsIn(here)].find(({ shape }) =>
        Object.hasOwn(shape, step),
      );
      here = object === undefined ? undefined : unwrap(object.shape[String(step)]);
    }
  }
  return here;
}

function* objectsIn(schema: z.core.$ZodType | undefined): Generator<z.ZodObject> {
  if (schema instanceof z.ZodObject) yield schema;
  if (schema instanceof z.ZodUnion) for (const option of schema.options) yield* objectsIn(unwrap(option));
}

/** Through defaults, optionals and transforms to what describes the written value. */
function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  let here = schema;
  for (;;) {
    if (here instanceof z.ZodOptional || here instanceof z.ZodDefault || here instanceof z.ZodPrefault) {
      here = here.unwrap();
    } else if (here instanceof z.ZodNullable || here instanceof z.ZodReadonly) here = here.unwrap();
    else if (here instanceof z.ZodPipe) here = here.in;
    else return here;
  }
}
