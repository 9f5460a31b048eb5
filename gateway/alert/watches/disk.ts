import { statfs } from 'node:fs/promises';
import type { Watch } from '../watch.ts';

const MIB = 1024 ** 2;

/** Free space where the data folder lies. */
export const disk: Watch = {
  kinds: ['disk-low'],
  async look({ dataDir, now, threshold }) {
    const { bavail, bsize } = await statfs(dataDir);
    const least = threshold('disk-low');
    if (bavail * bsize >= least) return [];
    return [
      {
        kind: 'disk-low',
        subject: 'data',
        since: now,
        sentence: {
          vi: `Ổ đĩa của thư mục dữ liệu còn trống dưới ${Math.round(least / MIB)} MiB; xoá bớt hoặc thêm đĩa trước khi kho ngừng ghi được.`,
          en: `The data folder’s disk has less than ${Math.round(least / MIB)} MiB free; make room before the store can’t be written any more.`,
        },
      },
    ];
  },
};
