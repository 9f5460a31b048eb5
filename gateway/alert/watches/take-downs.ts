import { type Instant, toReadable } from '../../../schemas/instant.ts';
import type { Kept } from '../../store/records.ts';
import type { LookTools, Sighting, Watch } from '../watch.ts';
import { plain } from '../words.ts';

const MINUTE = 60_000;
const AT_ONCE = 100;
const DOUBTFUL = 500;
/** An ordinary removal is confirmed by a second look ten minutes after the first. */
const CONFIRMED_WITHIN = 15 * MINUTE;

/** Take-downs on their way for too long: towards consumers, by a publisher's call, and of what is gone at its source. */
export const takeDowns: Watch = {
  kinds: ['takedown-slow'],
  async look(tools) {
    const { store } = tools;
    const [running, asked, doubtful] = await Promise.all([
      store.records.find('takedown', { states: ['running'], first: AT_ONCE }),
      store.records.find('withdrawal', { states: ['open'], first: AT_ONCE }),
      store.records.find('sight', { states: ['doubt'], first: DOUBTFUL }),
    ]);
    return [
      ...running.flatMap(one => unconfirmed(one, tools)),
      ...asked.flatMap(one => undecided(one, tools)),
      ...(await stillOut(doubtful, tools)),
    ];
  },
};

function unconfirmed({ id, document }: Kept<'takedown'>, { now, threshold }: LookTools): Sighting[] {
  const { receivedAt, dueAt, items, sender } = document;
  if (now - receivedAt < threshold('takedown-slow')) return [];
  const by = sender === undefined ? '' : ` theo yêu cầu của ${plain(sender, 60)}`;
  const from = sender === undefined ? '' : ` ordered by ${plain(sender, 60)}`;
  return [
    {
      kind: 'takedown-slow',
      subject: id,
      since: receivedAt,
      step: now >= dueAt ? 1 : 0,
      sentence: {
        vi: `Lần gỡ ${items.length} tin${by} lúc ${toReadable(receivedAt)} chưa được mọi bên nhận xác nhận, hạn cuối ${toReadable(dueAt)}; chạy lienthong deliveries receipts ${items[0] ?? ''} để biết ai, rồi gọi cho họ.`,
        en: `The take-down of ${items.length} items${from} at ${toReadable(receivedAt)} is not confirmed by every receiver, final deadline ${toReadable(dueAt)}; run lienthong deliveries receipts ${items[0] ?? ''} to see by whom, and call them.`,
      },
    },
  ];
}

function undecided({ id, site, document }: Kept<'withdrawal'>, tools: LookTools): Sighting[] {
  const { askedAt, items } = document;
  if (tools.now - askedAt < tools.threshold('takedown-slow')) return [];
  const due = deadline(askedAt, tools);
  return [
    {
      kind: 'takedown-slow',
      subject: id,
      ...(site !== undefined && { site }),
      since: askedAt,
      step: tools.now >= due ? 1 : 0,
      sentence: {
        vi: `${site ?? 'Nơi đăng'} đề nghị gỡ ${items.length} tin lúc ${toReadable(askedAt)} (đã ẩn, chưa quyết định), hạn cuối ${toReadable(due)}; mở /console để xác nhận gỡ hoặc phát lại.`,
        en: `${site ?? 'A publisher'} asked at ${toReadable(askedAt)} to withdraw ${items.length} items (hidden, undecided), final deadline ${toReadable(due)}; open /console to confirm or to release them.`,
      },
    },
  ];
}

/** Items that a duty of removal is about, not seen at their source for too long and still out: one alarm a site. */
async function stillOut(doubtful: readonly Kept<'sight'>[], tools: LookTools): Promise<Sighting[]> {
  const { store, federation, now, threshold } = tools;
  const late = doubtful.filter(({ document }) => now - document.lastSeen >= threshold('takedown-slow'));
  if (late.length === 0) return [];
  const items = await store.items.byIds(late.map(({ id }) => id));
  const bound = new Set(
    items
      .filter(({ visibility, republication }) => visibility === 'RELEASED' && republication !== undefined)
      .map(({ id }) => id),
  );
  const bySite = Map.groupBy(
    late.filter(({ id }) => bound.has(id)),
    ({ site = '' }) => site,
  );
  return [...bySite].map(([site, sights]): Sighting => {
    const since = Math.min(...sights.map(({ document }) => document.lastSeen));
    const due = deadline(since, tools);
    const name = plain(federation.sites.find(({ id }) => id === site)?.name ?? site, 60);
    return {
      kind: 'takedown-slow',
      subject: site,
      site,
      since,
      step: now >= due ? 1 : 0,
      settle: CONFIRMED_WITHIN,
      sentence: {
        vi: `${name} có ${sights.length} bài không còn thấy ở nguồn từ ${toReadable(since)} mà vẫn đang phát, hạn cuối ${toReadable(due)}; mở /console xem từng bài, gỡ bằng lienthong takedown nếu bài đã bị gỡ.`,
        en: `${sights.length} articles of ${name} have not been seen at their source since ${toReadable(since)} and are still out, final deadline ${toReadable(due)}; look at them in /console and use lienthong takedown where they are gone.`,
      },
    };
  });
}

function deadline(since: Instant, { federation }: LookTools): Instant {
  return since + federation.republication.press.removeWithin;
}
