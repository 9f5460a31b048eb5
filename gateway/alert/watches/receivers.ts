import type { Subscription } from '../../store/deliveries.ts';
import type { Sighting, Watch } from '../watch.ts';
import { plain } from '../words.ts';

/** Webhooks that were given up, one alarm each, and WebSub subscribers, one for all: strangers may be many. */
export const receivers: Watch = {
  kinds: ['subscriber-given-up'],
  async look({ store, now }) {
    const counts = await store.deliveries.counts();
    // The list is read only while there is something in it to tell.
    if (!counts.some(({ state, count }) => state === 'disabled' && count > 0)) return [];
    const given = (await store.deliveries.list()).filter(isGivenUp);
    const hooks = given.filter(({ kind }) => kind === 'webhook');
    const others = given.length - hooks.length;
    return [
      ...hooks.map(one => ofHook(one, now)),
      ...(others === 0
        ? []
        : [
            ofOthers(
              others,
              given.find(({ kind }) => kind === 'websub'),
              now,
            ),
          ]),
    ];
  },
};

/** What an operator switched off is no trouble. */
function isGivenUp({ state, reason }: Subscription): boolean {
  return state === 'disabled' && reason !== 'operator';
}

function ofHook({ id, host, failingSince }: Subscription, now: number): Sighting {
  const name = id.replace(/^webhook:/, '');
  return {
    kind: 'subscriber-given-up',
    subject: id,
    since: failingSince ?? now,
    sentence: {
      vi: `Đã ngừng gửi cho ${name} (${plain(host, 80)}) vì lỗi quá lâu, bên đó không nhận được cả tin gỡ; sửa bên nhận rồi chạy lienthong deliveries enable ${name}.`,
      en: `${name} (${plain(host, 80)}) was given up after failing for too long and hears of no withdrawal; mend it, then run lienthong deliveries enable ${name}.`,
    },
  };
}

function ofOthers(count: number, one: Subscription | undefined, now: number): Sighting {
  return {
    kind: 'subscriber-given-up',
    subject: 'websub',
    since: one?.failingSince ?? now,
    sentence: {
      vi: `Đã ngừng gửi cho ${count} bên đăng ký WebSub vì lỗi quá lâu; xem bằng lệnh lienthong deliveries, gửi lại bằng lienthong deliveries enable.`,
      en: `${count} WebSub subscribers were given up after failing for too long; see lienthong deliveries, send again by lienthong deliveries enable.`,
    },
  };
}
