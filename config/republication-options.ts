import { z } from 'zod';
import { AUDIENCES, REPUBLICATION_MODES } from '../schemas/republication.ts';
import { DAY, duration, MINUTE } from './measures.ts';

const HOUR = 60 * MINUTE;
const mode = z.enum(REPUBLICATION_MODES);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'phải là ngày như 2026-12-31.' });

const press = z.strictObject({
  mode: mode
    .default('headline-link')
    .describe('Khi chưa có thỏa thuận: headline-link (tít, tóm tắt, liên kết).'),
  minDelay: duration({ min: HOUR, max: 30 * DAY })
    .prefault('60m')
    .describe('Chờ kể từ khi báo đăng; không bao giờ dưới 60m.'),
  liveFor: duration({ min: HOUR, max: 3650 * DAY })
    .prefault('7d')
    .describe('Tin dạng tít và liên kết đứng trong luồng bao lâu.'),
  probeEvery: duration({ min: MINUTE, max: 90 * MINUTE })
    .prefault('90m')
    .describe('Bao lâu xem lại bài ở nguồn một lần (tối đa 90m).'),
  hideAfter: duration({ min: 10 * MINUTE, max: 120 * MINUTE })
    .prefault('120m')
    .describe('Không thấy bài ở nguồn quá ngần này thì tạm ẩn toàn văn (tối đa 120m).'),
  removeWithin: duration({ min: 10 * MINUTE, max: 180 * MINUTE })
    .prefault('180m')
    .describe('Gỡ chậm nhất ngần này sau khi nguồn gỡ (tối đa 180m).'),
});

const agreement = z.strictObject({
  id: z.string().trim().min(1).max(100).optional().describe('Số thỏa thuận. Không ghi: theo trang và ngày.'),
  site: z.string().describe('Trang báo đã ký.'),
  parties: z.array(z.string().trim().min(1).max(300)).default([]).describe('Các bên ký.'),
  mode: mode.default('full-text'),
  media: z.boolean().default(false).describe('Có cho dùng ảnh, phim, tiếng không.'),
  audience: z
    .enum(AUDIENCES)
    .default('public')
    .describe('portal: toàn văn chỉ dành cho khoá có quyền fulltext:<trang>.'),
  validFrom: day.optional(),
  validUntil: day.describe('Ngày cuối còn hiệu lực.'),
  document: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/i, { error: 'phải là sha256: và 64 chữ số hex của tệp đã ký.' })
    .describe('Mã băm của văn bản đã ký.'),
  delay: duration({ min: HOUR, max: 30 * DAY })
    .optional()
    .describe('Thời gian chờ theo thỏa thuận.'),
  correctionsAtOnce: z.boolean().default(false).describe('Tin cải chính không phải chờ.'),
});

/** `republication` of the federation file. */
export const republicationSchema = z.strictObject({
  press: press.prefault({}).describe('Tin báo chí.'),
  agreements: z.array(agreement).default([]).describe('Thỏa thuận với các báo.'),
});
export type RepublicationFile = z.output<typeof republicationSchema>;
