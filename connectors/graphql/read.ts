import { CodedError } from '../../schemas/errors.ts';
import { readJson } from '../../schemas/json-map/document.ts';
import { isRecord, type Json, JsonPath } from '../../schemas/json-map/json-path.ts';
import { type JsonDocument, type JsonReading, read as readItems } from '../../schemas/json-map/read.ts';
import type { GraphqlOptions } from './options.ts';

export type { JsonDocument } from '../../schemas/json-map/read.ts';

export interface GraphqlReading extends JsonReading {
  /** The site's `errors` beside the data it could give. */
  readonly errors: readonly string[];
  /** False when the site says that there is no further page. */
  readonly more?: boolean;
}

const MOST_ERRORS = 5;
const LONGEST_ERROR = 200;

/** An answer → its entries. Throws SITE_FAILED with the site's words when there are errors and no data. */
export function read(document: JsonDocument, options: GraphqlOptions): GraphqlReading {
  const answer = readJson(document.body, document.url);
  const errors = errorsOf(answer);
  const data = isRecord(answer) ? answer.data : undefined;
  const items = errors.length > 0 && !new JsonPath(options.items).hasList(answer);
  if (errors.length > 0 && (data === undefined || data === null || items))
    throw refused(document.url, errors);
  const reading = readItems(document, options);
  const more = moreOf(answer, options);
  return { ...reading, errors, ...(more !== undefined && { more }) };
}

function errorsOf(answer: Json): readonly string[] {
  const errors = isRecord(answer) && Array.isArray(answer.errors) ? answer.errors : [];
  return errors.slice(0, MOST_ERRORS).map(error => {
    const message = isRecord(error) && typeof error.message === 'string' ? error.message : 'no message';
    return message.slice(0, LONGEST_ERROR);
  });
}

function moreOf(answer: Json, { paging }: GraphqlOptions): boolean | undefined {
  if (!paging || !('more' in paging)) return undefined;
  const value = new JsonPath(paging.more).first(answer);
  return typeof value === 'boolean' ? value : undefined;
}

function refused(url: string, errors: readonly string[]): CodedError {
  const { host } = new URL(url);
  const said = errors.join('; ');
  return new CodedError('SITE_FAILED', `${host} refused the operation: ${said}`, {
    data: { host, errors, vi: `${host} không nhận truy vấn: ${said}. Kiểm tra query và variables.` },
  });
}
