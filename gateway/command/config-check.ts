import type { Plugins } from './plugins.ts';
import { sandboxConfig } from './sandbox.ts';
import { readSetting } from './setting.ts';

/** Reads the federation file as `serve` would and says what it found; every fault at once when it is wrong. */
export async function configCheck(file: string | undefined, plugins: Plugins): Promise<number> {
  if (file !== undefined) process.env.LIENTHONG_CONFIG = file;
  const { federation } = readSetting(plugins, sandboxConfig());
  const { sites, sources, feeds, topics } = federation;
  console.log(
    `Tệp cấu hình hợp lệ: ${sites.length} trang, ${sources.length} đầu nối, ${feeds.length} luồng tin, ${topics.length} chủ đề.`,
  );
  return 0;
}
