import type { AlarmKindId } from '../../../schemas/alarms.ts';
import { readDate } from '../../../schemas/dates.ts';
import { type Instant, toReadable } from '../../../schemas/instant.ts';
import type { PressAgreement } from '../../../schemas/republication.ts';
import type { Site } from '../../../schemas/site.ts';
import type { Bilingual } from '../../../schemas/text.ts';
import type { ApiKey } from '../../store/keys.ts';
import type { LookTools, Sighting, Watch } from '../watch.ts';
import { plain } from '../words.ts';

const DAY = 24 * 60 * 60_000;
/** Told again when so little is left, and once more when nothing is. */
const STEPS = [7 * DAY, DAY, 0] as const;
const MOST = 500;
/** Depth of a site's record that dates of expiry are looked for in. */
const DEEPEST = 4;
const EXPIRY = /^(?:expires|expiresAt|expiry|validUntil|validTo|hetHan)$/;
/** A key that expired and that nobody has used since is nobody's trouble any more. */
const KEY_MISSED = 7 * DAY;

/** Agreements, licences, exceptions and keys that are about to end, or have. */
export const endings: Watch = {
  kinds: ['agreement-ending', 'licence-ending', 'exception-ending', 'key-ending'],
  async look(tools) {
    const { store, federation } = tools;
    const [agreements, exceptions, keys] = await Promise.all([
      store.records.find('agreement', { states: ['in-force'], first: MOST }),
      store.records.find('exception', { states: ['in-force'], first: MOST }),
      store.keys.list(),
    ]);
    const all = [...federation.republication.agreements, ...agreements.map(({ document }) => document)];
    return [
      ...all.filter(one => !isFollowed(one, all)).flatMap(one => agreementEnding(one, tools)),
      ...federation.sites.flatMap(site => licences(site, tools)),
      ...[...federation.guidelines.exceptions, ...exceptions.map(({ document }) => document)].flatMap(
        ({ rule, site, until }) =>
          ending(
            { kind: 'exception-ending', subject: `${site} ${rule}`, site, until },
            {
              vi: `Phần miễn quy tắc ${rule} cho trang ${site}`,
              en: `The exception of site ${site} from rule ${rule}`,
            },
            {
              vi: 'gia hạn bằng lienthong except hoặc sites[].exceptions, hoặc để quy tắc có hiệu lực trở lại',
              en: 'extend it by lienthong except or sites[].exceptions, or let the rule act again',
            },
            tools,
          ),
      ),
      ...keys.flatMap(key => keyEnding(key, tools)),
    ];
  },
};

/** Another one of the same paper is in force when this one ends. */
function isFollowed(one: PressAgreement, all: readonly PressAgreement[]): boolean {
  return all.some(
    other =>
      other !== one && other.site === one.site && other.until > one.until && other.from <= one.until + DAY,
  );
}

function agreementEnding({ id, site, until }: PressAgreement, tools: LookTools): Sighting[] {
  return ending(
    { kind: 'agreement-ending', subject: id, site, until },
    { vi: `Thỏa thuận ${plain(id, 60)} với ${site}`, en: `Agreement ${plain(id, 60)} with ${site}` },
    {
      vi: 'ký tiếp rồi ghi bằng lienthong agreement add, nếu không tin của báo chỉ còn tít và liên kết',
      en: 'renew it and record it by lienthong agreement add, else its items shrink to headline and link',
    },
    tools,
  );
}

function licences(site: Site, tools: LookTools): Sighting[] {
  return datesIn(site.registry, []).flatMap(({ path, until }) =>
    ending(
      { kind: 'licence-ending', subject: `${site.id} ${path}`, site: site.id, until },
      { vi: `Giấy tờ ${path} của trang ${site.id}`, en: `${path} of site ${site.id}` },
      {
        vi: `gia hạn rồi sửa registry.${path} trong tệp cấu hình`,
        en: `renew it and change registry.${path} in the federation file`,
      },
      tools,
    ),
  );
}

function datesIn(
  value: unknown,
  path: readonly string[],
): readonly { readonly path: string; readonly until: Instant }[] {
  if (typeof value !== 'object' || value === null || path.length >= DEEPEST) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const until = EXPIRY.test(key) ? dayOf(part) : undefined;
    return until === undefined ? datesIn(part, [...path, key]) : [{ path: [...path, key].join('.'), until }];
  });
}

function dayOf(value: unknown): Instant | undefined {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.getTime();
  return typeof value === 'string' ? readDate(value, { order: 'dmy' })?.at : undefined;
}

function keyEnding({ id, title, expires, revoked, created, used }: ApiKey, tools: LookTools): Sighting[] {
  if (expires === undefined || revoked !== undefined) return [];
  if (tools.now > expires + KEY_MISSED || (tools.now > expires && used === undefined)) return [];
  return ending(
    { kind: 'key-ending', subject: id, until: expires, since: created },
    { vi: `Khoá API ${id} (${plain(title, 60)})`, en: `API key ${id} (${plain(title, 60)})` },
    {
      vi: 'tạo khoá mới bằng lienthong keys create và gửi cho bên dùng, rồi lienthong keys revoke khoá cũ',
      en: 'make a new one by lienthong keys create, give it to its user, then revoke the old one',
    },
    tools,
  );
}

/** Nothing while more is left than the threshold, or than half of a short life; then step by step. */
export function ending(
  of: Pick<Sighting, 'subject' | 'site'> & {
    readonly kind: AlarmKindId;
    readonly until: Instant;
    /** When its life began, where that is known. */
    readonly since?: Instant;
  },
  what: Bilingual,
  remedy: Bilingual,
  { now, threshold }: LookTools,
): Sighting[] {
  const { kind, subject, site, until, since = Number.NEGATIVE_INFINITY } = of;
  const left = until - now;
  const first = Math.min(threshold(kind), (until - since) / 2);
  if (left > first) return [];
  const when = toReadable(until);
  const [vi, en] = left <= 0 ? ['đã hết hạn lúc', 'has ended at'] : ['hết hạn lúc', 'ends at'];
  return [
    {
      kind,
      subject,
      ...(site !== undefined && { site }),
      since: until - first,
      step: STEPS.filter(step => left <= step && step < first).length,
      sentence: {
        vi: `${what.vi} ${vi} ${when}; ${remedy.vi}.`,
        en: `${what.en} ${en} ${when}; ${remedy.en}.`,
      },
    },
  ];
}
