import { z } from 'zod';
import { ALARM_KINDS, type Threshold } from '../schemas/alarms.ts';
import { DAY, duration, MINUTE, size } from './measures.ts';

const TLS = ['starttls', 'tls', 'none'] as const;
/** Ports that mail servers listen on, by how the connection is secured. */
export const SMTP_PORTS = { starttls: 587, tls: 465, none: 25 } as const;

/** One plain address: what goes into a header can't bring a second one along. */
const mailbox = z
  .string()
  .regex(/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/, {
    error: 'phải là một địa chỉ thư như truc@bo.example, không kèm tên.',
  });
const clock = z
  .string({ error: 'cần giờ như "08:00" (trong ngoặc kép).' })
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'phải là giờ như "08:00".' });

const smtp = z
  .strictObject({
    host: z
      .string()
      .regex(/^[\w.:-]{1,253}$/, { error: 'phải là tên máy hoặc địa chỉ IP.' })
      .describe('Máy chủ thư.'),
    port: z.int().min(1).max(65_535).optional().describe('Không ghi: 587 (starttls), 465 (tls), 25 (none).'),
    tls: z
      .enum(TLS)
      .default('starttls')
      .describe('starttls: bắt buộc mã hoá sau khi nối; tls: mã hoá ngay; none: không mã hoá.'),
    user: z.string().min(1).optional().describe('Tên đăng nhập máy chủ thư.'),
    password: z.string().min(1).optional().describe('Mật khẩu, lấy từ biến môi trường: "${SMTP_PASSWORD}".'),
    ca: z.string().min(1).optional().describe('Tệp PEM của nơi ký chứng thư riêng của máy chủ thư.'),
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    error: 'user và password phải đi cùng nhau.',
  })
  .refine(({ tls, password, host }) => tls !== 'none' || password === undefined || isOwnMachine(host), {
    error: 'mật khẩu không được gửi khi không mã hoá: dùng tls: starttls hoặc tls: tls.',
    path: ['tls'],
  });

const mail = z.strictObject({
  to: z
    .union([mailbox, z.array(mailbox).min(1).max(50)], { error: 'cần một địa chỉ thư, hoặc một danh sách.' })
    .describe('Ai nhận.'),
  from: mailbox.describe('Gửi từ địa chỉ nào.'),
  smtp: smtp.describe('Máy chủ gửi thư.'),
});

const MEASURES = {
  after: () => duration({ min: MINUTE, max: 365 * DAY }).describe('Lâu ngần này thì báo.'),
  within: () => duration({ min: DAY, max: 365 * DAY }).describe('Còn ngần này thì báo lần đầu.'),
  free: () => size({ max: 2 ** 50 }).describe('Trống ít hơn ngần này thì báo.'),
} as const satisfies Record<Threshold, () => z.ZodType<number>>;

/** `alarms` of the federation file: what differs from the usual thresholds. */
export const alarmsSchema = z
  .strictObject(Object.fromEntries(ALARM_KINDS.map(kind => [kind.id, changeOf(kind).optional()])))
  .describe('Ngưỡng của từng loại cảnh báo, khi khác mặc định.');

function changeOf({ threshold, about }: (typeof ALARM_KINDS)[number] & { threshold?: { by: Threshold } }) {
  const measure = threshold && { [threshold.by]: MEASURES[threshold.by]().optional() };
  return z
    .strictObject({
      off: z.boolean().optional().describe('true: không cảnh báo loại này.'),
      urgent: z.boolean().optional().describe('true: báo cả trong giờ yên lặng.'),
      ...measure,
    })
    .describe(about.vi);
}

/** `alerts` of the federation file; what it shares with the rest of the file is handed in. */
export function alertsSchema(part: {
  readonly slug: z.ZodString;
  readonly address: z.ZodString;
  readonly secret: z.ZodString;
}) {
  const webhook = z
    .strictObject({
      url: part.address.describe('Nơi nhận cảnh báo: một POST mỗi lần.'),
      secret: part.secret.optional().describe('Khoá ký theo Standard Webhooks.'),
      format: z
        .enum(['standard', 'chat'])
        .default('standard')
        .describe('chat: chỉ { "text": … }, cho nhóm chat (Slack, Mattermost, Google Chat …).'),
    })
    .refine(({ secret, format }) => format === 'chat' || secret !== undefined, {
      error: 'thiếu khoá ký; chỉ format: chat mới không cần.',
      path: ['secret'],
    });
  return z.array(
    z
      .strictObject({
        id: part.slug.optional().describe('Tên kênh. Không ghi: theo địa chỉ nhận.'),
        mail: mail.optional().describe('Báo bằng thư.'),
        webhook: webhook.optional().describe('Báo bằng webhook.'),
        for: z
          .array(z.string())
          .default([])
          .describe('Loại cảnh báo, hoặc site:<trang>; danh sách rỗng là tất cả.'),
        quiet: z
          .string({ error: 'cần khoảng giờ như "22:00-06:00" (trong ngoặc kép).' })
          .regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/, {
            error: 'phải là khoảng giờ như "22:00-06:00".',
          })
          .refine(text => text.slice(0, 5) !== text.slice(6), {
            error: 'giờ đầu và giờ cuối trùng nhau; bỏ quiet nếu không cần giờ yên lặng.',
          })
          .optional()
          .describe('Giờ yên lặng (Hà Nội): chỉ việc khẩn được báo, còn lại gom vào cuối giờ.'),
        digest: z
          .union([clock, z.literal(false)], { error: 'cần giờ như "08:00", hoặc false.' })
          .default('08:00')
          .describe('Bản tin hằng ngày lúc mấy giờ (Hà Nội); false: không gửi.'),
        language: z.enum(['vi', 'en']).optional().describe('Không ghi: theo gateway.language.'),
      })
      .refine(({ mail: one, webhook: other }) => (one === undefined) !== (other === undefined), {
        error: 'cần đúng một trong hai: mail hoặc webhook.',
      }),
  );
}

export type AlertsFile = z.output<ReturnType<typeof alertsSchema>>;

function isOwnMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
