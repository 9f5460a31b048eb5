import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { wouldTouch } from '../harvest/would-touch.ts';
import type { Plugins } from './plugins.ts';
import { sandboxConfig } from './sandbox.ts';
import { readSetting, type Setting } from './setting.ts';

/**
 * Reads the federation file as `serve` would and says what it found; every fault at once when it is wrong. Where items are
 * held already, also what the file's rules would do to the newest of them.
 */
export async function configCheck(file: string | undefined, plugins: Plugins): Promise<number> {
  if (file !== undefined) process.env.LIENTHONG_CONFIG = file;
  const setting = readSetting(plugins, sandboxConfig());
  const { sites, sources, feeds, topics } = setting.federation;
  console.log(
    `Tệp cấu hình hợp lệ: ${sites.length} trang, ${sources.length} đầu nối, ${feeds.length} luồng tin, ${topics.length} chủ đề.`,
  );
  if (hasStore(setting)) await tellTouched(setting);
  return 0;
}

function hasStore({ environment }: Setting): boolean {
  return environment.databaseUrl !== undefined || existsSync(join(environment.data, 'lienthong.db'));
}

async function tellTouched(setting: Setting): Promise<void> {
  const store = await setting.openStore();
  try {
    const { looked, rules } = await wouldTouch(store, setting.federation, setting.rules);
    if (looked === 0) return;
    console.log(`Trong ${looked} tin mới nhất, các quy tắc sẽ giữ, lược hoặc bỏ:`);
    for (const { rule, items } of rules) {
      const much = looked >= 20 && items > looked * 0.2 ? '  ← nhiều: xem lại quy tắc hay trang nguồn' : '';
      console.log(`  ${rule}: ${items}${much}`);
    }
    if (rules.length === 0) console.log('  không tin nào.');
  } finally {
    await store.close();
  }
}
