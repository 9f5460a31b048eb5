/** An operation with its types: what its variables must be, and what it answers. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the text, in hex: what a persisted query goes by. */
  readonly sha256: string;
  /** For the compiler alone; never there. */
  readonly types?: (variables: Variables) => Data;
}

export interface Told {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly [name: string]: unknown };
}

export interface Answer<Data> {
  readonly data: Data;
  /** Sites that are asked live and didn't answer: their fields are null, the rest is whole. */
  readonly errors: readonly Told[];
}

/** Nothing was answered. `errors[0].extensions.code` says why, with what would be allowed. */
export class GatewayError extends Error {
  readonly errors: readonly Told[];

  constructor(errors: readonly Told[]) {
    super(errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join('\n'));
    this.name = 'GatewayError';
    this.errors = errors;
  }
}

export interface Client {
  ask<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Promise<Answer<Data>>;
}

/**
 * Asks by GET and hash first, so that caches on the way can answer; a gateway that doesn't know the hash yet is told the
 * text once. `key`: an API key, for who has one.
 */
export function createClient(origin: string, { key }: { readonly key?: string } = {}): Client {
  const headers = {
    accept: 'application/graphql-response+json',
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
  };
  const endpoint = new URL('/graphql', origin);

  async function read<Data>(response: Response): Promise<Answer<Data>> {
    const { data, errors = [] } = (await response.json()) as { data?: Data | null; errors?: Told[] };
    if (data === undefined || data === null) throw new GatewayError(errors);
    return { data, errors };
  }

  return {
    async ask({ name, text, sha256 }, variables) {
      const extensions = { persistedQuery: { version: 1, sha256Hash: sha256 } };
      const short = new URL(endpoint);
      short.searchParams.set('operationName', name);
      short.searchParams.set('variables', JSON.stringify(variables));
      short.searchParams.set('extensions', JSON.stringify(extensions));
      const found = await read(await fetch(short, { headers })).catch(ifUnknown);
      if (found) return found as never;
      const body = JSON.stringify({ query: text, operationName: name, variables, extensions });
      return read(
        await fetch(endpoint, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body,
        }),
      );
    },
  };
}

function ifUnknown(error: unknown): undefined {
  const unknown =
    error instanceof GatewayError && error.errors[0]?.extensions.code === 'PERSISTED_QUERY_NOT_FOUND';
  if (!unknown) throw error;
}
