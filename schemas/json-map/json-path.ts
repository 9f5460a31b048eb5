import { compile, type JSONPathQuery } from 'json-p3';

/** What JSON.parse gives. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Why a text is no JSONPath of RFC 9535; undefined when it is one. */
export function pathFault(text: string): string | undefined {
  try {
    compile(text);
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message.replace(/\.$/, '') : String(thrown);
  }
}

/** A compiled path. The options' schema has seen to it that it compiles. */
export class JsonPath {
  readonly text: string;
  readonly #query: JSONPathQuery;

  constructor(text: string) {
    this.text = text;
    this.#query = compile(text);
  }

  /** The first node's value; undefined when there is no node. A null is a node. */
  first(value: Json): Json | undefined {
    return this.#query.match(value)?.value as Json | undefined;
  }

  all(value: Json): readonly Json[] {
    return this.#query.query(value).values() as Json[];
  }

  /** Is there a list where the path's last step selects from? Tells an empty list from a wrong path. */
  hasList(value: Json): boolean {
    const { environment, segments } = this.#query;
    const Query = this.#query.constructor as new (
      ...parts: [typeof environment, typeof segments]
    ) => JSONPathQuery;
    const around = new Query(environment, segments.slice(0, -1)).query(value).values();
    return around.some(part => Array.isArray(part)) || this.all(value).some(part => Array.isArray(part));
  }
}

export function isRecord(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
