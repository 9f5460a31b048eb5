import { z } from 'zod';
import { PACKS } from './packs.ts';

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/);

/** `guidelines` of the federation file; `overrides` is checked against the rules by `checkOverrides`. */
export const guidelinesSchema = z.strictObject({
  pack: z.enum(PACKS).default('vn').describe('Bộ quy tắc: vn (hiện hành), vn-2024 (lịch sử), international.'),
  public: z
    .enum(['none', 'score', 'all'])
    .default('none')
    .describe(
      'Ai cũng xem được gì: none, score (điểm), all (cả vấn đề). Trang nào cũng xem được của mình bằng khoá.',
    ),
  denyList: z
    .array(z.string().regex(/^[\w.-]+$/, { error: 'phải là tên miền như trang-xau.example.' }))
    .default([])
    .describe('Tên miền mà Bộ không cho dẫn tới.'),
  overrides: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Theo mã quy tắc: enabled, severity, consequence, clauses, parameters.'),
});

/** `sites[].exceptions`. */
export const exceptionSchema = z.strictObject({
  rule: slug.describe('Mã quy tắc.'),
  reason: z.string().trim().min(5).max(1_000).describe('Vì sao được miễn.'),
  author: z.string().trim().min(1).max(200).describe('Ai cho phép.'),
  until: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'phải là ngày như 2026-12-31.' })
    .describe('Ngày cuối còn hiệu lực.'),
});
