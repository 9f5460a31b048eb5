import { toReadable } from '../../../schemas/instant.ts';
import type { Sighting, Watch } from '../watch.ts';
import { plain } from '../words.ts';

/** Channels of alerts by which nothing goes out. */
export const channelStates: Watch = {
  kinds: ['channel-failing'],
  async look({ store, federation, now, threshold }) {
    const ids = (federation.alerts ?? []).map(({ id }) => id);
    const states = await store.records.byIds('alert-channel', ids);
    return states.flatMap(({ id, document: { failures, failingSince, outcome = '' } }): Sighting[] => {
      if (failures === 0 || failingSince === undefined) return [];
      if (now - failingSince < threshold('channel-failing')) return [];
      return [
        {
          kind: 'channel-failing',
          subject: id,
          since: failingSince,
          sentence: {
            vi: `Cảnh báo không gửi được qua kênh ${id} từ ${toReadable(failingSince)} (${plain(outcome)}); sửa alerts trong tệp cấu hình rồi thử bằng lienthong alerts test ${id}.`,
            en: `Nothing goes out by the channel ${id} since ${toReadable(failingSince)} (${plain(outcome)}); mend alerts in the federation file, then try lienthong alerts test ${id}.`,
          },
        },
      ];
    });
  },
};
