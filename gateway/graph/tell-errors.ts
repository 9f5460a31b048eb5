import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Log } from '../../connectors/connector.ts';
import { deepest, tellError } from './tell-error.ts';

type Path = readonly (string | number)[];

/**
 * An execution's errors as they are given out. One failure is told once a list, with the list's path, however many of
 * its entries it cost: stitching loses which ones, and two hundred errors say no more than one.
 */
export function tellErrors({ errors = [], data }: ExecutionResult, log: Log): GraphQLFormattedError[] {
  const told = new Map<string, GraphQLFormattedError>();
  for (const error of errors) {
    const path = error.path && untilList(error.path, data);
    const fields = error.path?.filter(step => typeof step === 'string');
    const cause = deepest(error);
    const key = JSON.stringify([path, fields, cause instanceof Error ? cause.message : String(cause)]);
    if (!told.has(key)) told.set(key, tellError(error, log, path));
  }
  return [...told.values()];
}

/** As far as it leads without entering a list. */
function untilList(path: Path, data: unknown): Path {
  let at = data;
  for (const [index, step] of path.entries()) {
    if (typeof step === 'number' || Array.isArray(at)) return path.slice(0, index);
    at = isObject(at) ? at[step] : undefined;
  }
  return path;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
