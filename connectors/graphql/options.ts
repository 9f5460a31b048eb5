import { z } from 'zod';
import {
  itemMap,
  jsonPath,
  linkTemplate,
  requestHeaders,
  webAddress,
} from '../../schemas/json-map/options.ts';
import { liveOptions } from '../../schemas/live.ts';

const variable = z.string().regex(/^[A-Za-z_]\w{0,99}$/, { error: 'phải là tên biến GraphQL, không có $.' });
const most = z.int().min(1).max(10_000).default(1000).describe('Số trang nhiều nhất trong một lượt thu.');
const size = {
  size: variable.optional().describe('Biến nhận cỡ trang.'),
  pageSize: z.int().min(1).max(1000).default(100).describe('Cỡ trang xin.'),
  most,
};
const paging = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('page'),
    variable: variable.describe('Biến nhận số trang.'),
    ...size,
    start: z.int().min(0).default(1).describe('Số của trang đầu.'),
    total: jsonPath.optional().describe('Tổng số trang.'),
  }),
  z.strictObject({
    kind: z.literal('offset'),
    variable: variable.describe('Biến nhận vị trí của bài đầu trang.'),
    ...size,
    start: z.int().min(0).default(0).describe('Vị trí của bài đầu.'),
    total: jsonPath.optional().describe('Tổng số bài.'),
  }),
  z.strictObject({
    kind: z.enum(['cursor', 'next']),
    variable: variable.default('after').describe('Biến nhận con trỏ.'),
    ...size,
    next: jsonPath
      .default('$..pageInfo.endCursor')
      .describe('Chỗ ghi con trỏ của trang sau; ngầm định như Relay: pageInfo.endCursor.'),
    more: jsonPath
      .default('$..pageInfo.hasNextPage')
      .describe('Chỗ ghi còn trang sau hay không; không có trong câu trả lời thì con trỏ rỗng là hết.'),
  }),
]);

const since = z.strictObject({
  variable: variable.describe('Biến nhận mốc giờ sửa; lượt đầu gửi null hoặc first.'),
  format: z
    .enum(['iso', 'epoch', 'epoch-ms'])
    .default('iso')
    .describe('iso: 2026-11-22T01:30:00.000Z; epoch: giây; epoch-ms: mili giây.'),
});

export const options = z
  .strictObject({
    url: webAddress.describe('Địa chỉ GraphQL.'),
    headers: requestHeaders,
    query: z.string().min(1).max(20_000).describe('Truy vấn GraphQL lấy danh sách bài.'),
    variables: z.record(variable, z.unknown()).default({}).describe('Biến cố định của truy vấn.'),
    operationName: variable.optional().describe('Tên thao tác, khi truy vấn có nhiều.'),
    items: jsonPath.describe('JSONPath tới các bài trong câu trả lời, như $.data.articles[*].'),
    map: itemMap.describe('Mỗi phần của bài nằm ở đâu trong mục: JSONPath tính từ mục.'),
    link: linkTemplate,
    base: webAddress.optional().describe('Gốc của địa chỉ tương đối; không ghi: địa chỉ GraphQL.'),
    paging: paging.optional().describe('Cách lật trang; không ghi: một trang là hết.'),
    since: since.optional().describe('Cách hỏi riêng những bài sửa sau một mốc giờ.'),
    complete: z.boolean().default(false).describe('Danh sách có đủ mọi bài: vắng trong danh sách là đã gỡ.'),
    own: z
      .record(z.string(), jsonPath)
      .optional()
      .describe('Trường riêng: tên trong contentSchema của trang → JSONPath tính từ mục.'),
    live: liveOptions
      .optional()
      .describe('Trường hỏi thẳng trang lúc có người đọc, không lưu lại: có ở Item.own.'),
  })
  .superRefine(({ map: parts, link, since: asked, live }, context) => {
    if (parts.link === undefined && link === undefined) {
      const message = 'cần địa chỉ trang bài: link (mẫu) hoặc map.link (JSONPath).';
      context.addIssue({ code: 'custom', path: ['map'], message });
    }
    if (asked && parts.updated === undefined && parts.published === undefined) {
      context.addIssue({ code: 'custom', path: ['since'], message: 'cần map.updated để biết mốc giờ.' });
    }
    if (live && parts.id === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['live'],
        message: 'cần map.id: khoá để hỏi trang về một bài.',
      });
    }
  });

export type GraphqlOptions = z.output<typeof options>;
