import { z } from 'zod';
import {
  webAddress as address,
  itemMap,
  linkTemplate,
  jsonPath as path,
  requestHeaders,
} from '../../schemas/json-map/options.ts';

const parameter = z.string().min(1).max(100);

const most = z.int().min(1).max(10_000).default(1000).describe('Số trang nhiều nhất trong một lượt thu.');
const sized = {
  param: parameter.describe('Tên tham số.'),
  size: parameter.optional().describe('Tên tham số cỡ trang.'),
  pageSize: z.int().min(1).max(1000).default(100).describe('Cỡ trang xin.'),
  most,
};
const paging = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('page'),
    ...sized,
    start: z.int().min(0).default(1).describe('Số của trang đầu.'),
    total: path.optional().describe('Tổng số trang.'),
  }),
  z.strictObject({
    kind: z.literal('offset'),
    ...sized,
    start: z.int().min(0).default(0).describe('Vị trí của bài đầu.'),
    total: path.optional().describe('Tổng số bài.'),
  }),
  z.strictObject({
    kind: z.literal('cursor'),
    ...sized,
    next: path.describe('Chỗ ghi con trỏ của trang sau; rỗng là hết.'),
  }),
  z.strictObject({
    kind: z.literal('next'),
    next: path.optional().describe('Chỗ ghi địa chỉ trang sau; không ghi: đầu mục Link rel=next.'),
    most,
  }),
]);

const since = z.strictObject({
  param: parameter.describe('Tham số lọc theo giờ sửa.'),
  format: z
    .enum(['iso', 'epoch', 'epoch-ms', 'date', 'datetime'])
    .default('iso')
    .describe('iso: 2026-11-22T01:30:00.000Z; datetime: 2026-11-22 01:30:00; date: 2026-11-22; epoch: giây.'),
  zone: z
    .string()
    .regex(/^(?:Z|[+-]\d{2}:\d{2})$/, { error: 'múi giờ viết như "+07:00" (trong ngoặc kép).' })
    .default('Z')
    .describe('Múi giờ của date và datetime.'),
  template: z
    .string()
    .max(200)
    .regex(/\{since\}/, { error: 'phải có {since}.' })
    .default('{since}')
    .describe('Giá trị của tham số, {since} là mốc giờ.'),
});

export const options = z
  .strictObject({
    url: address.describe('Địa chỉ danh sách bài, kèm tham số cố định.'),
    headers: requestHeaders,
    items: path.describe('JSONPath tới các bài, như $.data[*].'),
    map: itemMap.describe('Mỗi phần của bài nằm ở đâu trong mục: JSONPath tính từ mục.'),
    link: linkTemplate,
    base: address
      .optional()
      .describe('Gốc của địa chỉ tương đối trong mục; không ghi: địa chỉ của danh sách.'),
    paging: paging.optional().describe('Cách lật trang; không ghi: một trang là hết.'),
    since: since.optional().describe('Cách hỏi riêng những bài sửa sau một mốc giờ.'),
    offered: z
      .boolean()
      .default(false)
      .describe(
        'true: chủ trang cấp API này cho ta, nên robots.txt (viết cho máy tìm kiếm) không chặn, chỉ giãn nhịp.',
      ),
    complete: z.boolean().default(false).describe('Danh sách có đủ mọi bài: vắng trong danh sách là đã gỡ.'),
    item: z
      .string()
      .max(1000)
      .regex(/^https?:\/\/[^\s]*\{id\}/, { error: 'phải là địa chỉ http(s) có {id}.' })
      .optional()
      .describe(
        'Địa chỉ của một bài trong CMS, {id} là mã: nơi hỏi lại khi bài vắng. 404 hoặc 410 là đã gỡ.',
      ),
    own: z
      .record(z.string(), path)
      .optional()
      .describe('Trường riêng: tên trong contentSchema của trang → JSONPath tính từ mục.'),
  })
  .superRefine(({ map: parts, link, since: asked }, context) => {
    if (parts.link === undefined && link === undefined) {
      const message = 'cần địa chỉ trang bài: link (mẫu) hoặc map.link (JSONPath).';
      context.addIssue({ code: 'custom', path: ['map'], message });
    }
    if (asked && parts.updated === undefined && parts.published === undefined) {
      context.addIssue({ code: 'custom', path: ['since'], message: 'cần map.updated để biết mốc giờ.' });
    }
  });

export type JsonApiOptions = z.output<typeof options>;
export type Paging = NonNullable<JsonApiOptions['paging']>;
