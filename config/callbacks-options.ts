import { z } from 'zod';
import { SITE_KINDS } from '../schemas/site.ts';
import { isWebhookSecret, WEBHOOK_SECRET_WORDS } from '../schemas/webhook-secret.ts';
import { DAY, duration, MINUTE, rate, SECOND } from './measures.ts';

/** A key of Standard Webhooks. */
export const webhookSecret = z.string().refine(isWebhookSecret, { error: WEBHOOK_SECRET_WORDS });

/** What this part shares with the rest of the file is handed in by it. */
export function callbacksSchema(part: {
  readonly slug: z.ZodString;
  readonly address: z.ZodString;
  readonly network: z.ZodString;
}) {
  const webhook = z.strictObject({
    id: part.slug.describe('Tên của bên nhận: dùng trong lệnh và nhật ký.'),
    url: part.address.describe('Nơi nhận: mỗi thay đổi một lần POST.'),
    secret: webhookSecret.describe('Khoá ký theo Standard Webhooks, lấy từ biến môi trường: "${KHOA}".'),
    previousSecret: webhookSecret.optional().describe('Khoá cũ trong lúc đổi khoá: ký bằng cả hai.'),
    select: z
      .strictObject({
        topics: z.array(z.string()).default([]),
        sites: z.array(z.string()).default([]),
        kinds: z.array(z.enum(SITE_KINDS)).default([]),
      })
      .prefault({})
      .describe('HOẶC trong một danh sách, VÀ giữa các danh sách; danh sách rỗng là tất cả.'),
    events: z
      .array(z.enum(['put', 'tombstone']))
      .min(1)
      .default(['put', 'tombstone'])
      .describe('put: tin ra hoặc sửa; tombstone: tin bị gỡ.'),
    backfill: z.boolean().default(false).describe('true: gửi cả tin có từ trước khi trang kết nối.'),
  });
  return z.strictObject({
    allowNetworks: z
      .array(part.network)
      .default([])
      .describe('Mạng riêng mà việc gọi lại được tới: CIDR hoặc máy:cổng. Không dùng chung với fetch.'),
    hub: z.boolean().default(true).describe('Mở trung tâm WebSub ở /hub.'),
    signature: z
      .enum(['sha256', 'sha384', 'sha512'])
      .default('sha256')
      .describe('Cách ký nội dung WebSub khi bên nhận có khoá.'),
    timeout: duration({ min: SECOND, max: MINUTE })
      .prefault('10s')
      .describe('Bên nhận phải trả lời trong ngần này.'),
    giveUpAfter: duration({ min: SECOND, max: 30 * DAY })
      .prefault('3d')
      .describe('Lỗi liên tục lâu ngần này thì ngừng gửi và báo.'),
    perHost: z.int().min(1).default(500).describe('Mỗi máy:cổng được bao nhiêu đăng ký WebSub.'),
    most: z.int().min(1).default(20_000).describe('Tất cả bao nhiêu đăng ký WebSub.'),
    topics: z.int().min(1).default(500).describe('Bao nhiêu luồng khác nhau được đăng ký cùng lúc.'),
    rate: rate().prefault('300/m').describe('Yêu cầu đăng ký mỗi máy nhận, và mỗi địa chỉ hỏi.'),
    webhooks: z.array(webhook).default([]).describe('Bên nhận được khai báo.'),
  });
}
