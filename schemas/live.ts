import { z } from 'zod';

const name = z
  .string()
  .regex(/^(?!__)[A-Za-z_]\w{0,99}$/, { error: 'phải là một tên GraphQL (chữ, số, gạch dưới).' });
const fieldPath = z.string().regex(/^(?!__)[A-Za-z_]\w{0,99}(?:\.(?!__)[A-Za-z_]\w{0,99}){0,5}$/, {
  error: 'phải là tên trường, hoặc đường dẫn như author.name.',
});

/** `options.live` of a source that speaks GraphQL: what is asked of the site while somebody reads. */
export const liveOptions = z.strictObject({
  type: name.describe('Kiểu của bài trong lược đồ của trang.'),
  key: name.describe('Trường khoá của kiểu ấy: mã mà map.id đọc.'),
  entry: z
    .strictObject({
      field: name.describe('Trường gốc trả về một bài.'),
      argument: name.describe('Đối số nhận khoá.'),
    })
    .describe('Cách hỏi một bài.'),
  batch: z
    .strictObject({
      field: name.describe('Trường gốc trả về nhiều bài.'),
      argument: name.describe('Đối số nhận danh sách khoá.'),
    })
    .optional()
    .describe('Cách hỏi nhiều bài một lần; không ghi: nhiều lần entry trong một yêu cầu.'),
  fields: z
    .array(fieldPath)
    .min(1)
    .max(100)
    .describe('Chỉ những trường này được đưa ra; trường lồng viết như author.name.'),
  root: z
    .array(name)
    .max(20)
    .default([])
    .describe('Trường gốc của trang mà người vận hành được hỏi qua cổng; không dùng cho báo.'),
  sdl: z.string().max(1000).optional().describe('Tệp SDL ghim sẵn; không ghi: hỏi trang (introspection).'),
  timeout: z.int().min(100).max(15_000).default(3000).describe('Hạn chờ một câu trả lời, mili giây.'),
  concurrency: z.int().min(1).max(16).default(4).describe('Số yêu cầu cùng lúc tới trang.'),
});

export type LiveOptions = z.output<typeof liveOptions>;

/** `viec-lam` → `ViecLam_`, `viec-lam/van-ban` → `ViecLamVanBan_`: what a site's own names begin with in the graph. */
export function livePrefix(part: string): string {
  const words = part.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return `${words.map(word => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')}_`;
}
