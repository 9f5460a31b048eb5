import { z } from 'zod';
import { OWN_FIELD_TYPES } from '../schemas/federation.ts';
import { SITE_KINDS } from '../schemas/site.ts';
import { alarmsSchema, alertsSchema } from './alerts-options.ts';
import { callbacksSchema, webhookSecret } from './callbacks-options.ts';
import { exceptionSchema, guidelinesSchema } from './guidelines-options.ts';
import { DAY, duration, MINUTE, rate, SECOND, size } from './measures.ts';
import { republicationSchema } from './republication-options.ts';

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, {
  error: 'phải là chữ thường không dấu, số và gạch nối, dài tối đa 40.',
});
const text = z.string().trim().min(1).max(500);
const address = z
  .string()
  .refine(isWebAddress, { error: 'phải là địa chỉ http:// hoặc https:// đầy đủ, không kèm mật khẩu.' });
const network = z.string().regex(/^\[?[\w.:*-]+\]?(?:\/\d{1,3}|:\d{1,5})?$/, {
  error: 'phải là dải CIDR (10.0.0.0/8) hoặc máy:cổng (cms.noi-bo:8080).',
});
const moment = z.string().refine(value => !Number.isNaN(Date.parse(value)), {
  error: 'phải là ngày hoặc giờ ISO 8601, như 2026-12-31 hoặc 2026-12-31T17:00:00+07:00.',
});
/** What a later part of the program reads: its outside is checked, its inside kept as written. */
const block = z.record(z.string(), z.unknown());

const gateway = z.strictObject({
  title: text.default('Tin tổng hợp').describe('Tên của trục liên thông, cũng là tiêu đề luồng tin chung.'),
  publicUrl: address.optional().describe('Địa chỉ công khai. Không ghi: http://HOST:PORT.'),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?$/)
    .default('vi')
    .describe('Ngôn ngữ chính (BCP 47).'),
  timeZone: z.string().refine(isTimeZone, { error: 'không phải múi giờ IANA.' }).default('Asia/Ho_Chi_Minh'),
});

const fetching = z.strictObject({
  allowNetworks: z.array(network).default([]).describe('Mạng riêng được phép gọi tới: CIDR hoặc máy:cổng.'),
  userAgent: text.optional().describe('Tự xưng khi gọi các trang thành phần.'),
  perHost: z
    .strictObject({ concurrency: z.int().min(1).max(64).default(2) })
    .prefault({})
    .describe('Số yêu cầu cùng lúc tới một máy:cổng.'),
  maxBytes: size({ min: 1024 })
    .prefault('16MiB')
    .describe('Dung lượng tối đa của một tài liệu sau khi giải nén.'),
  timeout: duration({ min: SECOND, max: 10 * MINUTE })
    .prefault('15s')
    .describe('Thời gian tối đa của một yêu cầu.'),
});

const wait = duration({ min: SECOND, max: 30 * DAY });
const every = z.union(
  [
    wait,
    z
      .strictObject({ min: wait.optional(), max: wait.optional() })
      .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
        error: 'min dài hơn max.',
      }),
  ],
  { error: 'cần một khoảng thời gian (10m) hoặc { min: 1m, max: 30m }, không dưới 1s.' },
);

const zone = z
  .string()
  .regex(/^(?:Z|[+-]\d{2}:\d{2})$/, { error: 'múi giờ viết như "+07:00" (trong ngoặc kép).' });
const dates = z.strictObject({
  order: z.enum(['dmy', 'mdy', 'ymd']).optional().describe('Thứ tự ngày tháng trong ngày viết toàn số.'),
  zone: zone.optional().describe('Múi giờ của ngày giờ không ghi múi giờ.'),
  force: zone.optional().describe('Múi giờ thay cho múi giờ mà nguồn ghi sai.'),
});

const source = z.strictObject({
  id: slug.describe('Tên đầu nối, duy nhất trong trang: gọi đủ là <trang>/<đầu nối>.'),
  connector: slug.describe('Bộ kết nối: feed, wordpress, json-api, …'),
  every: every
    .prefault('15m')
    .describe('Khoảng chờ dài nhất giữa hai lượt thu; { min, max } đặt cả hai đầu.'),
  since: duration().prefault('30d').describe('Tin cũ hơn ngần này so với lúc kết nối thì không lấy.'),
  dates: dates.prefault({}).describe('Cách nguồn viết ngày giờ, khi nguồn viết không chuẩn.'),
  legacyText: z.enum(['tcvn3', 'vni', 'viscii']).optional().describe('Bảng mã tiếng Việt cũ của nguồn.'),
  enabled: z.boolean().default(true).describe('false: giữ khai báo nhưng không thu.'),
  extends: z
    .string()
    .optional()
    .describe('Công thức có sẵn mà đầu nối này dựa vào, như recipe/ghost: xem `lienthong recipes`.'),
  with: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .describe('Tham số của công thức.'),
  options: z.unknown().optional().describe('Tuỳ chọn riêng của bộ kết nối.'),
});

const site = z.strictObject({
  id: slug.describe('Mã trang thành phần. Đổi mã là thành trang mới.'),
  name: text.describe('Tên hiển thị, ghi nguồn tin.'),
  kind: z.enum(SITE_KINDS).describe('portal: cổng của Bộ; unit: trang đơn vị; press: báo chí.'),
  homepage: address.describe('Trang chủ.'),
  hosts: z
    .array(z.string().regex(/^[\w.-]+(?::\d{1,5})?$/))
    .default([])
    .describe('Tên miền khác của cùng trang này.'),
  registry: block.default({}).describe('Hồ sơ giữ tay: cơ quan chủ quản, mã định danh, giấy phép, …'),
  contentSchema: z.string().optional().describe('Tên trong contentSchemas: các trường riêng của trang.'),
  exceptions: z
    .array(exceptionSchema)
    .default([])
    .describe('Quy tắc mà trang này được miễn, có lý do và thời hạn.'),
  sources: z.array(source).default([]).describe('Các đầu nối của trang.'),
});

const ownType = z.string().refine(isOwnType, {
  error: `phải là một trong ${OWN_FIELD_TYPES.join(', ')}, hoặc [String] cho danh sách.`,
});
const contentSchema = z.strictObject({
  type: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]{0,59}$/, { error: 'tên kiểu GraphQL viết như UnitDocument.' })
    .describe('Tên kiểu GraphQL.'),
  fields: z
    .record(
      z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/, { error: 'tên trường viết như documentNumber.' }),
      ownType,
    )
    .refine(fields => Object.keys(fields).length > 0, { error: 'cần ít nhất một trường.' })
    .describe('Tên trường → kiểu.'),
});

const topic = z.strictObject({
  id: slug,
  title: text,
  categories: z.array(text).default([]).describe('Chuyên mục của các trang thuộc chủ đề này.'),
  keywords: z.array(text).default([]).describe('Từ khoá trong tiêu đề hoặc tóm tắt.'),
  sites: z.array(z.string()).default([]).describe('Mọi tin của các trang này thuộc chủ đề.'),
});

const feed = z.strictObject({
  id: slug,
  title: text.optional(),
  select: z
    .strictObject({
      topics: z.array(z.string()).default([]),
      sites: z.array(z.string()).default([]),
      kinds: z.array(z.enum(SITE_KINDS)).default([]),
    })
    .optional()
    .describe('HOẶC trong một danh sách, VÀ giữa các danh sách; danh sách rỗng là tất cả.'),
  order: z.enum(['published', 'released']).optional(),
  perSite: z
    .int()
    .min(0)
    .max(20)
    .optional()
    .describe('Trong 20 tin liền nhau, mỗi trang nhiều nhất ngần này; 0 là không giới hạn.'),
  distinct: z.literal('story').optional().describe('Mỗi sự việc một tin.'),
  pin: z
    .array(z.strictObject({ link: address, until: moment.optional() }))
    .default([])
    .describe('Ghim lên đầu.'),
  exclude: z
    .array(z.strictObject({ link: address, reason: text }))
    .default([])
    .describe('Bỏ khỏi luồng, có lý do.'),
});

const checking = z.strictObject({
  allowNetworks: z
    .array(network)
    .default([])
    .describe('Mạng riêng mà việc tự kiểm tra được gọi tới: CIDR hoặc máy:cổng. Không dùng chung với fetch.'),
  perAddress: rate().prefault('120/h').describe('Mỗi địa chỉ người hỏi được bao nhiêu lần kiểm tra.'),
  inAll: rate().prefault('600/h').describe('Tất cả mọi người được bao nhiêu lần kiểm tra.'),
  perSite: rate().prefault('30/h').describe('Mỗi trang bị kiểm tra nhiều nhất bao nhiêu lần, dù ai hỏi.'),
  concurrency: z.int().min(1).max(16).default(4).describe('Số lần kiểm tra chạy cùng lúc.'),
});

/** The federation file as an operator writes it. The JSON Schema for editors is made of it. */
export const fileSchema = z.strictObject({
  $schema: z.string().optional().describe('Để trình soạn thảo gợi ý.'),
  gateway: gateway.prefault({}),
  fetch: fetching.prefault({}),
  sites: z
    .array(site)
    .min(1, { error: 'cần ít nhất một trang thành phần.' })
    .describe('Các trang thành phần.'),
  contentSchemas: z.record(slug, contentSchema).default({}).describe('Trường riêng của các trang, có kiểu.'),
  topics: z.array(topic).default([]).describe('Chủ đề.'),
  feeds: z.array(feed).default([]).describe('Luồng tin; portal, units, press và all luôn có.'),
  http: z
    .strictObject({
      trustedProxies: z.array(network).default([]).describe('Proxy được tin X-Forwarded-For.'),
    })
    .prefault({}),
  graphql: z
    .strictObject({
      introspection: z
        .boolean()
        .default(true)
        .describe('false: chỉ người vận hành xem được lược đồ GraphQL; trang thử vẫn chạy truy vấn.'),
    })
    .prefault({})
    .describe('Cách trả lời ở /graphql.'),
  serveStale: duration({ max: 60 * MINUTE })
    .prefault('5m')
    .describe('Mất kho dữ liệu thì phát câu trả lời cũ bao lâu.'),
  tombstoneDays: z.int().min(1).max(3650).default(180).describe('Dấu gỡ giữ bao nhiêu ngày.'),
  evidenceDays: z.int().min(1).max(3650).default(90).describe('Bản niêm phong giữ bao nhiêu ngày.'),
  guidelines: guidelinesSchema.prefault({}).describe('Bộ quy tắc.'),
  republication: republicationSchema.prefault({}).describe('Cách đăng lại tin báo chí.'),
  alerts: alertsSchema({ slug, address, secret: webhookSecret })
    .default([])
    .describe('Ai được báo khi có trục trặc.'),
  alarms: alarmsSchema.prefault({}),
  callbacks: callbacksSchema({ slug, address, network })
    .prefault({})
    .describe('Báo thay đổi cho bên nhận: WebSub và webhook.'),
  check: checking.prefault({}).describe('Tự kiểm tra trang.'),
  limits: z
    .strictObject({
      anonymous: rate()
        .optional()
        .describe('Mỗi địa chỉ không có khoá được hỏi bao nhiêu lần. Không ghi: không giới hạn.'),
    })
    .prefault({})
    .describe('Hạn mức.'),
});

export type FederationFile = z.output<typeof fileSchema>;
export type SiteEntry = FederationFile['sites'][number];
export type SourceEntry = SiteEntry['sources'][number];

function isWebAddress(value: string): boolean {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username === '' && password === '';
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isOwnType(value: string): boolean {
  const scalar = /^\[(\w+)\]$/.exec(value)?.[1] ?? value;
  return OWN_FIELD_TYPES.some(known => known === scalar);
}
