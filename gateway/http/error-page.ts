import type { Response } from 'express';
import type { CodedError, ErrorCode } from '../../schemas/errors.ts';
import { html } from './html.ts';
import { PLAIN_PAGE_HEADERS, plainPage } from './plain-page.ts';

/** What people read; the sentence for machines stands below it, small. */
const SENTENCES: Partial<Record<ErrorCode, string>> = {
  BAD_INPUT: 'Yêu cầu chưa đúng.',
  BAD_CURSOR: 'Con trỏ không hợp lệ.',
  UNAUTHENTICATED: 'Cần đăng nhập.',
  FORBIDDEN: 'Không có quyền xem nội dung này.',
  NOT_FOUND: 'Không tìm thấy trang này.',
  METHOD_NOT_ALLOWED: 'Địa chỉ này không nhận cách gọi đó.',
  GONE: 'Nội dung này đã được gỡ.',
  RESYNC_REQUIRED: 'Cần đọc lại từ đầu.',
  TOO_LARGE: 'Yêu cầu quá lớn.',
  RATE_LIMITED: 'Quá nhiều yêu cầu; xin thử lại sau ít phút.',
  UNAVAILABLE: 'Kho dữ liệu tạm thời chưa trả lời; xin thử lại sau ít phút.',
};

export function sendErrorPage(res: Response, error: CodedError): void {
  const told = error.data.vi;
  const sentence = typeof told === 'string' ? told : (SENTENCES[error.code] ?? 'Có lỗi ở phía chúng tôi.');
  const { replacedBy } = error.data;
  const body = html`<h1>${sentence}</h1>
${typeof replacedBy === 'string' ? html`<p><a href="/items/${replacedBy}">Xem tin thay thế</a></p>` : html``}
<p lang="en"><small>${error.status} ${error.code}: ${error.message}</small></p>
<p><a href="/">Về trang đầu</a></p>`;
  res.set({ 'Content-Type': 'text/html; charset=utf-8', ...PLAIN_PAGE_HEADERS });
  res.send(plainPage({ title: sentence, body, head: html`<meta name="robots" content="noindex">` }));
}
