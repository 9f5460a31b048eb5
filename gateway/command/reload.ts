import { CodedError, toCoded } from '../../schemas/errors.ts';
import { findRunning } from '../running/announce.ts';
import { askRunning } from '../running/control.ts';
import type { Reloaded } from './serving.ts';

/** Tells every gateway that runs with this data folder to read its federation file anew; 2 when it refused the file. */
export async function reload(dataDir: string): Promise<number> {
  const running = findRunning(dataDir);
  if (running.length === 0)
    throw new CodedError(
      'UNAVAILABLE',
      `Không có hệ thống nào đang chạy với thư mục dữ liệu ${dataDir}. Đặt LIENTHONG_DATA đúng như của hệ thống đang chạy; nếu chưa chạy thì dùng \`lienthong serve\`.`,
    );
  let code = 0;
  for (const each of running) {
    try {
      const { file, sites, sources, told } = await askRunning<Reloaded>(each, '/reload');
      console.log(
        `Đã đọc lại ${file}: ${sites} trang, ${sources} đầu nối (tiến trình ${each.pid}, ${each.url}).`,
      );
      for (const line of told.length > 0 ? told : ['Không có gì thay đổi.']) console.log(`  ${line}`);
    } catch (thrown) {
      const error = toCoded(thrown);
      console.error(`lienthong: ${error.message}`);
      console.error(`Tiến trình ${each.pid} vẫn chạy theo tệp cấu hình trước đó; không có gì thay đổi.`);
      code = Math.max(code, error.code === 'CONFIG_INVALID' ? 2 : 1);
    }
  }
  return code;
}
