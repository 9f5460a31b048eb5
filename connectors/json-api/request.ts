import { CodedError } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { FetchRequest, Validators } from '../connector.ts';
import type { Place } from './checkpoint.ts';
import type { JsonApiOptions } from './options.ts';

const MINUTE = 60_000;
/** What two clocks and a slow commit at the site may lie apart. */
const OVERLAP = 10 * MINUTE;

/** The request for one page. `from` asks only for what changed after it. */
export function requestFor(
  options: JsonApiOptions,
  at: Place | undefined,
  from: Instant | undefined,
  validators: Validators | undefined,
): FetchRequest {
  return {
    url: urlFor(options, at, from),
    headers: { accept: 'application/json', ...options.headers },
    ...(validators && { validators }),
    ...(options.offered && { offered: true }),
  };
}

function urlFor(options: JsonApiOptions, at: Place | undefined, from: Instant | undefined): string {
  const { url, paging, since } = options;
  if (paging?.kind === 'next' && typeof at === 'string') return sameKeeper(url, at);
  const asked = new URL(url);
  if (since && from !== undefined) {
    asked.searchParams.set(since.param, since.template.replaceAll('{since}', moment(since, from - OVERLAP)));
  }
  if (paging && paging.kind !== 'next') {
    if (paging.size) asked.searchParams.set(paging.size, String(paging.pageSize));
    const start = 'start' in paging ? paging.start : undefined;
    const place = at ?? start;
    if (place !== undefined) asked.searchParams.set(paging.param, String(place));
  }
  return asked.href;
}

function moment({ format, zone }: NonNullable<JsonApiOptions['since']>, at: Instant): string {
  if (format === 'epoch') return String(Math.floor(at / 1000));
  if (format === 'epoch-ms') return String(at);
  if (format === 'iso') return new Date(at).toISOString();
  const local = new Date(at + offsetOf(zone)).toISOString();
  return format === 'date' ? local.slice(0, 10) : local.slice(0, 19).replace('T', ' ');
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE;
}

/** A next link of another origin would be handed the source's headers, secrets and all. */
function sameKeeper(own: string, next: string): string {
  const [from, to] = [new URL(own), new URL(next)];
  const moved =
    from.hostname === to.hostname && from.port === '' && to.port === '' && to.protocol === 'https:';
  if (from.origin === to.origin || moved) return to.href;
  throw new CodedError('SITE_UNEXPECTED', `The next page of ${from.host} is said to be at ${to.host}.`, {
    data: {
      host: from.host,
      vi: `${from.host} chỉ trang sau sang ${to.host}: không theo, để không lộ thông tin đăng nhập.`,
    },
  });
}
