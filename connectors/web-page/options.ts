import { z } from 'zod';
import { webAddress as address } from '../../schemas/json-map/options.ts';
import { field, selector, single } from './place.ts';

const addresses = z.union([address, z.array(address).min(1).max(50)]);
const most = z
  .int()
  .min(1)
  .max(1000)
  .default(10)
  .describe('Số trang danh sách nhiều nhất trong một lượt thu.');
const first = z.int().min(0).default(1).describe('Số của trang đầu (địa chỉ ghi ở list).');
const step = z
  .int()
  .min(1)
  .max(1000)
  .default(1)
  .describe('Mỗi trang sau cộng thêm bao nhiêu (10 khi trang đếm theo bài).');

const paging = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('page'),
    param: z.string().min(1).max(100).describe('Tham số trên địa chỉ, như trang: …?trang=2.'),
    first,
    step,
    most,
  }),
  z.strictObject({
    kind: z.literal('address'),
    address: z
      .string()
      .max(1000)
      .regex(/^https?:\/\/[^\s]*\{page\}/, { error: 'phải là địa chỉ http(s) có {page}.' })
      .describe('Mẫu địa chỉ của các trang sau, như https://…/tin/trang-{page}.html.'),
    first,
    step,
    most,
  }),
  z.strictObject({
    kind: z.literal('next'),
    next: single
      .optional()
      .describe('Bộ chọn của liên kết “trang sau”; không ghi: rel=next, “Trang sau”, “Sau”, “Next”, “›”.'),
    most,
  }),
]);

const pattern = z
  .string()
  .min(1)
  .max(300)
  .describe('Mẫu địa chỉ, * là bất kỳ: /tin-tuc/*, *.html, https://khac.example/*.');
const patterns = z.union([pattern, z.array(pattern).max(50)]);

/** Fields of an item, wherever they stand. */
const parts = {
  id: field.optional().describe('Mã của bài, khi trang có mã không đổi.'),
  title: field.optional().describe('Tiêu đề.'),
  published: field
    .optional()
    .describe('Giờ đăng: đọc cả “Thứ Hai, 23/11/2026 | 08:30”, “2 giờ trước”, “hôm qua”.'),
  updated: field.optional().describe('Giờ sửa gần nhất.'),
  summary: field.optional().describe('Tóm tắt (sapo).'),
  picture: field.optional().describe('Ảnh đại diện: thẻ img, kể cả tải chậm, hay ảnh nền.'),
  pictureCaption: field.optional().describe('Chú thích ảnh đại diện.'),
  pictureCredit: field.optional().describe('Nguồn ảnh đại diện.'),
  authors: field.optional().describe('Tác giả; nhiều phần tử là nhiều người.'),
  categories: field.optional().describe('Chuyên mục.'),
  language: field.optional().describe('Ngôn ngữ của bài.'),
  rights: field.optional().describe('Bản quyền.'),
};

export const options = z
  .strictObject({
    list: addresses.optional().describe('Trang danh sách bài: một địa chỉ, hoặc nhiều.'),
    sitemap: addresses.optional().describe('Sơ đồ trang (sitemap): thường, tin tức, chỉ mục, kể cả .gz.'),
    items: single
      .optional()
      .describe(
        'Mỗi bài trên trang danh sách: bộ chọn CSS của thẻ, dòng hay cả bảng; hoặc JSONPath trong dữ liệu nhúng.',
      ),
    link: single
      .optional()
      .describe(
        'Liên kết tới bài: bộ chọn CSS (trong items nếu có), JSONPath tính từ mục, hoặc mẫu https://…/{slug}. Không ghi: tự tìm.',
      ),
    row: z
      .strictObject(parts)
      .optional()
      .describe('Những phần đọc ngay trên trang danh sách, trong mỗi items.'),
    fields: z
      .strictObject(parts)
      .optional()
      .describe(
        'Những phần đọc trên trang bài. Không ghi: JSON-LD, thẻ meta, microdata; auto đứng trong danh sách là chúng.',
      ),
    open: z
      .boolean()
      .default(true)
      .describe('false: không mở trang bài, danh sách (hoặc sitemap tin tức) là đủ.'),
    content: z
      .union([z.literal(false), z.string().trim().min(1).max(500)])
      .default(false)
      .describe('Toàn văn: auto (tự tìm phần chính), bộ chọn CSS, JSONPath; false: không lấy.'),
    remove: z
      .array(selector)
      .max(50)
      .default([])
      .describe('Bộ chọn của những phần bỏ khỏi toàn văn: tin liên quan, quảng cáo.'),
    paging: paging.optional().describe('Cách lật trang danh sách; không ghi: chỉ trang đầu.'),
    match: patterns.optional().describe('Chỉ lấy bài có địa chỉ theo các mẫu này.'),
    skip: patterns.optional().describe('Bỏ bài có địa chỉ theo các mẫu này.'),
    data: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe(
        'Dữ liệu nhúng để đọc JSONPath: __NEXT_DATA__, window.__INITIAL_STATE__, hoặc bộ chọn của thẻ script. Không ghi: tự tìm.',
      ),
    own: z
      .record(z.string(), field)
      .optional()
      .describe(
        'Trường riêng: tên trong contentSchema của trang → chỗ đọc, trên trang bài rồi trên danh sách.',
      ),
    perRun: z
      .int()
      .min(1)
      .max(2000)
      .default(200)
      .describe('Số trang bài mở nhiều nhất trong một lượt thu; còn lại để lượt sau.'),
    gap: z
      .number()
      .min(0)
      .max(60)
      .default(1)
      .describe(
        'Số giây giữa hai trang của một máy. Chỉ giảm khi chủ trang đồng ý; Crawl-delay dài hơn luôn được theo.',
      ),
  })
  .superRefine((given, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (given.list === undefined && given.sitemap === undefined)
      issue('list', 'cần biết bài ở đâu: list (trang danh sách) hoặc sitemap.');
    if (given.items?.startsWith('$') && given.link === undefined)
      issue('link', 'items là JSONPath thì cần link: JSONPath tới địa chỉ, hoặc mẫu https://…/{slug}.');
    if (given.link?.startsWith('http') && !given.items?.startsWith('$'))
      issue('link', 'mẫu địa chỉ chỉ dùng khi items là JSONPath; nếu không, viết bộ chọn CSS.');
    if (!given.open && given.content !== false)
      issue('content', 'toàn văn nằm trên trang bài: bỏ open: false, hoặc bỏ content.');
    if (typeof given.content === 'string' && given.content !== 'auto') {
      const { error } = single.safeParse(given.content);
      if (error) issue('content', error.issues[0]?.message ?? 'không đọc được.');
    }
  });

export type WebPageOptions = z.output<typeof options>;
export type Parts = NonNullable<WebPageOptions['fields']>;
export type PartName = keyof Parts;
export type Paging = NonNullable<WebPageOptions['paging']>;

export function listed<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}
