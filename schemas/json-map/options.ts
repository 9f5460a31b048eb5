import { z } from 'zod';
import { pathFault } from './json-path.ts';

/** What options of connectors that read declared JSON have in common. */

export const jsonPath = z
  .string()
  .max(500)
  .superRefine((text, context) => {
    const fault = pathFault(text);
    if (fault !== undefined)
      context.addIssue({ code: 'custom', message: `không phải JSONPath (RFC 9535): ${fault}.` });
  });
export const webAddress = z.url({
  protocol: /^https?$/,
  error: 'phải là địa chỉ http:// hoặc https:// đầy đủ.',
});

/** JSONPath of each part of an entry, evaluated on the item. The first node wins; lists take all nodes. */
export const itemMap = z.strictObject({
  id: jsonPath.optional().describe('Mã của bài trong CMS, không đổi khi sửa bài.'),
  title: jsonPath.describe('Tiêu đề.'),
  link: jsonPath.optional().describe('Địa chỉ trang bài, khi CMS có sẵn; nếu không, dùng mẫu link.'),
  canonical: jsonPath.optional().describe('Địa chỉ chuẩn, khi CMS ghi riêng.'),
  summary: jsonPath.optional().describe('Tóm tắt.'),
  content: jsonPath.optional().describe('Toàn văn.'),
  contentType: z
    .enum(['html', 'markdown', 'text', 'blocks'])
    .default('html')
    .describe('Toàn văn viết bằng gì; blocks là khối soạn thảo của Strapi 5.'),
  published: jsonPath.optional().describe('Giờ đăng.'),
  updated: jsonPath.optional().describe('Giờ sửa gần nhất.'),
  authors: jsonPath.optional().describe('Tác giả: chuỗi, hoặc đối tượng có name.'),
  categories: jsonPath.optional().describe('Chuyên mục: chuỗi, hoặc đối tượng có name hay title.'),
  picture: jsonPath.optional().describe('Ảnh đại diện: địa chỉ, hoặc đối tượng có url.'),
  pictureAlt: jsonPath.optional().describe('Chữ thay ảnh đại diện.'),
  pictureCaption: jsonPath.optional().describe('Chú thích ảnh đại diện.'),
  pictureCredit: jsonPath.optional().describe('Nguồn ảnh đại diện.'),
  media: jsonPath.optional().describe('Các ảnh, phim, tệp khác.'),
  language: jsonPath.optional().describe('Ngôn ngữ của bài.'),
  rights: jsonPath.optional().describe('Bản quyền.'),
});

export const requestHeaders = z
  .record(z.string().regex(/^[A-Za-z0-9-]{1,100}$/), z.string().max(4000))
  .default({})
  .describe('Đầu mục gửi kèm; bí mật lấy từ biến môi trường, viết như Bearer $' + '{CMS_TOKEN}.');

export const linkTemplate = z
  .string()
  .max(1000)
  .regex(/^https?:\/\/[^\s]+$/, { error: 'phải là địa chỉ http(s) với chỗ điền như {slug}.' })
  .optional()
  .describe('Mẫu địa chỉ trang bài: {slug} lấy từ mục, {section.slug} lấy từ bên trong.');

/** How the items of a JSON document become entries. */
export interface ItemMap {
  /** JSONPath to the items. */
  readonly items: string;
  readonly map: z.output<typeof itemMap>;
  /** Template of the page's address, filled from the item. */
  readonly link?: string | undefined;
  /** Base of relative addresses; the document's own address without it. */
  readonly base?: string | undefined;
  /** Field of the content schema → JSONPath. */
  readonly own?: Readonly<Record<string, string>> | undefined;
  readonly paging?:
    | { readonly total?: string | undefined; readonly next?: string | undefined }
    | { readonly kind: string }
    | undefined;
}
