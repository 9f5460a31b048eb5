import { toReadable } from '../../../schemas/instant.ts';
import type { Watch } from '../watch.ts';

const MOST = 500;

/** Readers' complaints that nobody has answered. */
export const people: Watch = {
  kinds: ['complaint-waiting'],
  async look({ store, now, threshold }) {
    const open = await store.records.find('complaint', { states: ['open'], first: MOST });
    const late = open.filter(({ at }) => now - at >= threshold('complaint-waiting'));
    return late.map(({ id, at, site }) => ({
      kind: 'complaint-waiting' as const,
      subject: id,
      ...(site !== undefined && { site }),
      since: at,
      sentence: {
        vi: `Phản ánh ${id} nhận lúc ${toReadable(at)} chưa được trả lời; mở /console để kết luận, hoặc chạy lienthong complaint.`,
        en: `Complaint ${id} of ${toReadable(at)} has no answer; decide it in /console, or by lienthong complaint.`,
      },
    }));
  },
};
