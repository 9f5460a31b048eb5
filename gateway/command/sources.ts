import { toReadable } from '../../schemas/instant.ts';
import type { SourceState } from '../../schemas/source.ts';
import { isTrusted, type Subscribed } from '../subscribe/subscription.ts';
import type { Setting } from './setting.ts';

/** One line a source: state, last good harvest, next one, items, whether it is pushed or asked, last error. */
export async function sources(setting: Setting): Promise<number> {
  const store = await setting.openStore();
  try {
    const states = new Map((await store.work.states()).map(state => [state.source, state]));
    const kept = await store.records.find('hub-subscription', { first: 10_000 });
    const subscribed = new Map(
      kept.filter(({ state }) => state !== 'ending').map(one => [one.document.source, one] as const),
    );
    const now = await store.now();
    for (const { name, connector } of setting.federation.sources)
      console.log(lineOf(name, connector, states.get(name), wayIn(subscribed.get(name), now)));
    return 0;
  } finally {
    await store.close();
  }
}

/** Whether its hub tells us of it, and until when; else why it is asked. */
function wayIn(subscribed: Subscribed | undefined, now: number): string {
  if (!subscribed) return 'hỏi định kỳ';
  const { validUntil = 0, reason } = subscribed.document;
  if (isTrusted(subscribed, now)) return `được báo ngay (WebSub, đến ${toReadable(validUntil)})`;
  if (subscribed.state === 'off') return 'hỏi định kỳ (có WebSub; ghi gateway.publicUrl để được báo ngay)';
  if (subscribed.state === 'denied')
    return `hỏi định kỳ (trung tâm WebSub từ chối: ${reason ?? 'không rõ lý do'})`;
  if (subscribed.state === 'active' && validUntil > now)
    return 'hỏi định kỳ (trung tâm WebSub đã bỏ sót tin)';
  return `hỏi định kỳ (đang đăng ký WebSub${reason === undefined ? '' : `: ${reason}`})`;
}

function lineOf(name: string, connector: string, state: SourceState | undefined, way: string): string {
  if (!state) return [name, connector, 'chưa đăng ký (chạy `serve` một lần)'].join('\t');
  const time = (at: number | undefined) => (at === undefined ? '–' : toReadable(at));
  const status = state.paused
    ? `tạm dừng (${state.paused.reason})`
    : state.failures > 0
      ? `lỗi ×${state.failures}`
      : 'tốt';
  const error =
    state.failures > 0 && state.lastError ? `${state.lastError.code}: ${state.lastError.message}` : '';
  return [
    name,
    connector,
    status,
    `lần cuối ${time(state.lastSucceeded)}`,
    `lần tới ${time(state.due)}`,
    `${state.harvested} tin`,
    way,
    error,
  ].join('\t');
}
