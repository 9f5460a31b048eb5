/** One local part of the graph as text: executable alone, joined with the others on the types it merges. */
export interface SubschemaText {
  readonly id: string;
  /** Complete by itself: every type it names is in it. */
  readonly sdl: string;
  /** Type name → how more of that type is asked from this subschema. */
  readonly merges: Readonly<Record<string, EntryPoint>>;
}

/** A root field `field(ids: [ID!]!): [Type]!` that answers in the order asked. Hidden from the public schema. */
export interface EntryPoint {
  /** Begins with `_`. */
  readonly field: string;
  /** Field of the type by which it is asked. */
  readonly key: string;
}

export const ITEM_DESCRIPTION =
  'The canonical content unit: one article of one site, under one id for good, whatever address or source it came by.';

/** Name of the description of every hidden root field. */
export const ENTRY_POINT_DESCRIPTION =
  'For the gateway only: completes these, in the order asked; null where one may not be seen.';

/** SDL description of one line. */
export function described(text: string): string {
  return JSON.stringify(text);
}
