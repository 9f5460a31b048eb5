import type { ErrorCode } from '../../schemas/errors.ts';
import type { Bilingual } from '../../schemas/text.ts';

/** What people are told: whose failing it is, and what can be done. `detail` is a status, a stage, or seconds. */
type Sentences<Detail> = Partial<Record<ErrorCode, (host: string, detail: Detail) => Bilingual>>;

/** For an answer that is none here. */
export const STATUS_SENTENCES = {
  SITE_UNAUTHORISED: host => ({
    en: `${host} asks for a name and password (401).`,
    vi: `${host} yêu cầu đăng nhập (401): kiểm tra mật khẩu ứng dụng hoặc khóa trong tệp cấu hình.`,
  }),
  SITE_FORBIDDEN: host => ({
    en: `${host} refuses to answer us (403).`,
    vi: `${host} từ chối trả lời (403): đề nghị quản trị trang mở quyền truy cập cho cổng liên thông.`,
  }),
  SITE_NOT_FOUND: host => ({
    en: `${host} has nothing at this address (404).`,
    vi: `${host} không có gì ở địa chỉ này (404): kiểm tra lại địa chỉ đầu nối.`,
  }),
  SITE_GONE: host => ({
    en: `${host} says that this address is gone for good (410).`,
    vi: `${host} báo địa chỉ này đã bỏ hẳn (410).`,
  }),
  SITE_RATE_LIMITED: host => ({
    en: `${host} asks us to come back later (429).`,
    vi: `${host} yêu cầu truy cập thưa hơn (429): sẽ tự thử lại sau.`,
  }),
  SITE_FAILED: (host, status) => ({
    en: `${host} has an error of its own (${status}).`,
    vi: `${host} đang gặp lỗi phía máy chủ (${status}): sẽ tự thử lại sau.`,
  }),
  SITE_UNEXPECTED: (host, status) => ({
    en: `${host} answered ${status}, which is no answer here.`,
    vi: `${host} trả lời mã ${status}, không dùng được ở đây.`,
  }),
  ROBOT_CHECK: (host, status) => ({
    en: `${host} answered with a robot check (${status}).`,
    vi: `${host} trả về trang kiểm tra người máy (${status}): đề nghị quản trị trang cho phép cổng liên thông.`,
  }),
} satisfies Sentences<number>;

/** Where in the exchange. */
export const STAGES = {
  connect: { en: 'while connecting', vi: 'khi kết nối' },
  headers: { en: 'before it answered', vi: 'trước khi trả lời' },
  body: { en: 'in the middle of its answer', vi: 'giữa chừng câu trả lời' },
} as const satisfies Record<string, Bilingual>;

/** For an exchange that broke off, and where. */
export const NETWORK_SENTENCES = {
  DNS_FAILED: host => ({
    en: `The name of ${host} can't be found.`,
    vi: `Không tìm thấy tên miền của ${host}: kiểm tra địa chỉ và DNS.`,
  }),
  CONNECT_FAILED: (host, stage) => ({
    en: `The connection to ${host} failed ${stage.en}.`,
    vi: `Kết nối tới ${host} bị lỗi ${stage.vi}.`,
  }),
  TLS_FAILED: host => ({
    en: `No secure connection to ${host}: its certificate or its TLS version can't be trusted.`,
    vi: `Không kết nối bảo mật được tới ${host}: kiểm tra chứng thư số (hạn dùng, tên miền, chứng thư trung gian) và phiên bản TLS.`,
  }),
  UNAVAILABLE: host => ({
    en: `The request to ${host} was given up because we are stopping.`,
    vi: `Yêu cầu tới ${host} bị dừng vì hệ thống đang dừng.`,
  }),
  TIMED_OUT: (host, stage) => ({
    en: `${host} was too slow: time ran out ${stage.en}.`,
    vi: `${host} quá chậm: hết thời gian chờ ${stage.vi}.`,
  }),
  ENCODING_BROKEN: host => ({
    en: `${host} sent compressed data that can't be unpacked.`,
    vi: `${host} gửi dữ liệu nén bị hỏng, không giải nén được.`,
  }),
  BAD_INPUT: host => ({
    en: `The request to ${host} can't be made: a header or the address has letters that HTTP doesn't allow.`,
    vi: `Không gửi được yêu cầu tới ${host}: tiêu đề hoặc địa chỉ có ký tự không hợp lệ.`,
  }),
  SITE_UNEXPECTED: host => ({
    en: `${host} sent something that is not a proper HTTP answer.`,
    vi: `${host} gửi nội dung không đúng giao thức HTTP.`,
  }),
} satisfies Sentences<Bilingual>;

/** For a host that is not asked for a while. */
export const WAITING_SENTENCES = {
  CIRCUIT_OPEN: (host, seconds) => ({
    en: `${host} failed too often in a row and is left alone for ${seconds} s more.`,
    vi: `${host} lỗi nhiều lần liên tiếp nên tạm ngừng truy cập, còn ${seconds} giây.`,
  }),
  SITE_RATE_LIMITED: (host, seconds) => ({
    en: `${host} asked us to come back later (429), in ${seconds} s.`,
    vi: `${host} yêu cầu truy cập thưa hơn (429), còn chờ ${seconds} giây.`,
  }),
  SITE_FAILED: (host, seconds) => ({
    en: `${host} said that it is out of order and is left alone for ${seconds} s more.`,
    vi: `${host} báo đang ngừng phục vụ, còn chờ ${seconds} giây.`,
  }),
} satisfies Sentences<number>;
