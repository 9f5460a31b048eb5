/** How strong a duty is. */
export const SEVERITIES = ['must', 'should'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What the gateway does about a finding; a field of its own beside severity. */
export const CONSEQUENCES = ['refuse', 'remove', 'hold', 'trim', 'score', 'own-duty'] as const;
export type Consequence = (typeof CONSEQUENCES)[number];

/**
 * L1: a clause in force, read. L2: in force, read only as a quotation or summary. L3: read, but its parent was repealed
 * or its status after 1 July 2026 is not verified. P: policy, no clause says exactly this. I: international practice.
 */
export const BASES = ['L1', 'L2', 'L3', 'P', 'I'] as const;
export type Basis = (typeof BASES)[number];

/** How the clause was read, as reports show it. */
export const CONFIDENCES = {
  V: { vi: 'đã đọc toàn văn điều khoản', en: 'clause read in full' },
  'V-ocr': {
    vi: 'đã đọc toàn văn trên bản nhận dạng chữ (có thể sót chữ số)',
    en: 'read in full in an OCR copy (digits may be lost)',
  },
  'V-en': {
    vi: 'đã đọc bản dịch tiếng Anh, có chỗ lược',
    en: 'read in an English translation, partly elided',
  },
  Q: { vi: 'đọc qua trích dẫn trong bài viết', en: 'read as a quotation in an article' },
  S: { vi: 'biết qua tóm tắt, nguồn thứ cấp', en: 'second-hand summary' },
  M: { vi: 'theo trí nhớ, chưa có gì xác nhận', en: 'from memory, nothing read confirms it' },
} as const;
export type Confidence = keyof typeof CONFIDENCES;
