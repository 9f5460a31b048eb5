import type { AlarmKindId } from '../../../schemas/alarms.ts';
import { type Instant, toReadable } from '../../../schemas/instant.ts';
import type { SourceState } from '../../../schemas/source.ts';
import type { LookTools, Sighting, Watch } from '../watch.ts';
import { plain } from '../words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Errors that say the address itself is wrong. */
const GONE: ReadonlySet<string> = new Set(['SITE_NOT_FOUND', 'SITE_GONE']);
/** Errors by which a harvest refuses to go on because too much would change. */
const MASS: ReadonlySet<string> = new Set(['MASS_WITHDRAWAL', 'MASS_ARRIVAL']);
const DOUBTS = 500;

/** Sources that fail, are gone, give nothing, would change too much, or are harvested by nobody. */
export const sources: Watch = {
  kinds: [
    'source-failing',
    'source-gone',
    'source-empty',
    'mass-change',
    'rule-overreach',
    'harvest-stalled',
  ],
  async look(tools) {
    const named = new Set(tools.federation.sources.filter(({ enabled }) => enabled).map(({ name }) => name));
    const states = (await tools.store.work.states()).filter(
      ({ source, paused, left }) => named.has(source) && !paused && left === undefined,
    );
    return [
      ...states.flatMap(state => failing(state, tools)),
      ...states.flatMap(state => neverGave(state, tools)),
      ...(await doubtful(states, tools)),
      ...stalled(states, tools),
    ];
  },
};

function failing(state: SourceState, { now, threshold }: LookTools): Sighting[] {
  const { source, lastError, connected, lastSucceeded, interval } = state;
  if (!lastError || lastError.at <= (lastSucceeded ?? 0)) return [];
  if (MASS.has(lastError.code)) return [massChange(source, lastError)];
  // A source that is asked once a day has not failed since yesterday because it failed just now.
  const patience = lastSucceeded !== undefined && interval > HOUR ? interval : 0;
  const since = (lastSucceeded ?? connected) + patience;
  const kind: AlarmKindId = GONE.has(lastError.code) ? 'source-gone' : 'source-failing';
  if (now - since < threshold(kind)) return [];
  const why = plain(lastError.message);
  const when = toReadable(since);
  const last = lastSucceeded === undefined ? 'chưa thu được lần nào' : 'không thu được';
  const ever = lastSucceeded === undefined ? 'was never harvested' : 'can not be harvested';
  const remedy =
    kind === 'source-gone'
      ? {
          vi: 'tìm địa chỉ mới bằng lệnh lienthong discover <trang chủ> rồi sửa tệp cấu hình',
          en: 'find the new address by lienthong discover <home page> and mend the federation file',
        }
      : {
          vi: `xem lỗi bằng lệnh lienthong try ${source}, rồi báo quản trị trang`,
          en: `see the error by lienthong try ${source}, then tell the site’s webmaster`,
        };
  return [
    {
      ...of(source),
      kind,
      since,
      sentence: {
        vi: `Đầu nối ${source} ${last} từ ${when} (${lastError.code}: ${why}); ${remedy.vi}.`,
        en: `Source ${source} ${ever} since ${when} (${lastError.code}: ${why}); ${remedy.en}.`,
      },
    },
  ];
}

function massChange(source: string, error: { readonly message: string; readonly at: Instant }): Sighting {
  const why = plain(error.message);
  return {
    ...of(source),
    kind: 'mass-change',
    since: error.at,
    sentence: {
      vi: `Lượt thu ${source} dừng lại vì quá nhiều tin đổi cùng lúc (${why}); mở trang nguồn xem có đúng không, nếu là sự cố thì báo quản trị trang, nếu đúng thì lienthong takedown từng tin.`,
      en: `The harvest of ${source} stopped because too much would change at once (${why}); look at the site: if it is ill tell its webmaster, if it is right take the items down.`,
    },
  };
}

function neverGave(
  { source, harvested, lastSucceeded, lastError, connected }: SourceState,
  { now, threshold }: LookTools,
): Sighting[] {
  const isWell = lastSucceeded !== undefined && (lastError?.at ?? 0) <= lastSucceeded;
  if (!isWell || harvested > 0 || now - connected < threshold('source-empty')) return [];
  return [
    {
      ...of(source),
      kind: 'source-empty',
      since: connected,
      sentence: {
        vi: `Đầu nối ${source} thu được nhưng chưa cho tin nào từ khi kết nối (${toReadable(connected)}); xem vì sao bằng lệnh lienthong try ${source}.`,
        en: `Source ${source} answers but has given no item since it was connected (${toReadable(connected)}); see why by lienthong try ${source}.`,
      },
    },
  ];
}

/** What the harvests themselves found odd, and kept. */
async function doubtful(states: readonly SourceState[], tools: LookTools): Promise<Sighting[]> {
  const { store, now, threshold } = tools;
  const harvested = new Map(states.map(({ source, harvested: items }) => [source, items]));
  const doubts = await store.records.find('source-doubt', { first: DOUBTS });
  return doubts.flatMap(({ at, document: { source, rule, touched = 0, of: all = 0 } }): Sighting[] => {
    const items = harvested.get(source);
    if (items === undefined) return [];
    if (rule === undefined) {
      // One that never gave anything is told as that.
      if (items === 0 || now - at < threshold('source-empty')) return [];
      return [
        {
          ...of(source),
          kind: 'source-empty',
          since: at,
          sentence: {
            vi: `Đầu nối ${source} trước có tin mà từ ${toReadable(at)} trống rỗng (chưa gỡ tin nào); hỏi quản trị trang, hoặc xem bằng lệnh lienthong try ${source}.`,
            en: `Source ${source} had items and has been empty since ${toReadable(at)} (nothing was withdrawn); ask its webmaster, or look by lienthong try ${source}.`,
          },
        },
      ];
    }
    if (now - at > threshold('rule-overreach')) return [];
    return [
      {
        kind: 'rule-overreach',
        subject: `${source} ${rule}`,
        site: siteOf(source),
        since: at,
        sentence: {
          vi: `Quy tắc ${rule} giữ hoặc lược ${touched} trên ${all} tin mới của ${source}; xem các tin ở /console, rồi sửa guidelines.overrides, hoặc lienthong except, hoặc báo trang nguồn.`,
          en: `Rule ${rule} holds or trims ${touched} of ${all} new items of ${source}; look at them in /console, then change guidelines.overrides, or lienthong except, or tell the site.`,
        },
      },
    ];
  });
}

/** Sources are due and none was begun for long: the scheduler is dead or stuck, whatever it says. */
function stalled(states: readonly SourceState[], { now, threshold }: LookTools): Sighting[] {
  const bound = now - threshold('harvest-stalled');
  const late = states.filter(({ due }) => due < bound);
  const lastBegun = Math.max(0, ...states.map(({ lastStarted = 0 }) => lastStarted));
  if (late.length === 0 || lastBegun > bound) return [];
  const since = Math.min(...late.map(({ due }) => due));
  return [
    {
      kind: 'harvest-stalled',
      subject: 'harvest',
      since,
      // A gateway that has just been started begins with what is late.
      settle: 2 * MINUTE,
      sentence: {
        vi: `Không đầu nối nào được thu dù đã đến lượt từ ${toReadable(since)}; xem nhật ký rồi khởi động lại dịch vụ.`,
        en: `No source is harvested though some are due since ${toReadable(since)}; look at the log and restart the service.`,
      },
    },
  ];
}

function of(source: string): Pick<Sighting, 'subject' | 'site'> {
  return { subject: source, site: siteOf(source) };
}

function siteOf(source: string): string {
  return source.split('/')[0] ?? '';
}
