import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A source's correction withdraws the false version and goes as far as it went. */
export const republishCorrection = defineRule({
  id: 'republish-correction',
  number: 55,
  scope: 'republication',
  title: { vi: 'Cải chính theo nguồn', en: 'Corrections follow the source' },
  severity: 'must',
  consequence: 'remove',
  appliesTo: { kinds: ['press'], gateway: false },
  clauses: [
    { cite: 'NĐ 237/2026/NĐ-CP Điều 19(3)c', basis: 'L1', confidence: 'V-ocr' },
    { cite: 'Luật 126/2025/QH15 Điều 34(3), 8(11)', basis: 'L1', confidence: 'V-en' },
  ],
  remedy: {
    vi: 'Đăng lại nội dung cải chính, xin lỗi của cơ quan báo chí và gỡ nội dung sai.',
    en: "Re-post the press agency's correction and withdraw the false content.",
  },
  caveat: {
    vi: 'Mâu thuẫn giữa chờ 01 giờ và cải chính ngay chưa được văn bản nào đã đọc giải quyết.',
    en: 'The conflict between the delay and correcting at once is unresolved in the texts read.',
  },
  parameters: {
    correctionMaxMinutes: {
      default: 180,
      about: {
        vi: 'Số phút từ khi phát hiện (luật không nêu giờ; mức này của chúng tôi)',
        en: 'Minutes from detection (the law gives no hour; this is ours)',
      },
    },
    correctionMinDays: {
      default: 0,
      about: { vi: 'Số ngày giữ tin cải chính; 0 là chưa đặt', en: 'Days a correction stays; 0 is unset' },
    },
  },
  needs: ['correction', 'now'],
  uses: [],
  check(_subject, { correction, now }, { correctionMaxMinutes, correctionMinDays }) {
    const { detectedAt, replaces, falseWithdrawnAt, releasedAt, reachBefore, reachNow, removedAt } =
      correction;
    const limit = detectedAt + correctionMaxMinutes * 60_000;
    const findings = [];
    if (!replaces)
      findings.push(
        found(
          'correction.replaces',
          'Tin cải chính chưa nối với tin bị cải chính.',
          'The correction is not tied to the item it corrects.',
        ),
      );
    if ((falseWithdrawnAt ?? now) > limit)
      findings.push(
        found(
          'correction.falseWithdrawnAt',
          `Nội dung sai chưa được gỡ trong ${correctionMaxMinutes} phút.`,
          `The false version was not withdrawn within ${correctionMaxMinutes} minutes.`,
        ),
      );
    if ((releasedAt ?? now) > limit)
      findings.push(
        found(
          'correction.releasedAt',
          `Tin cải chính chưa được đăng lại trong ${correctionMaxMinutes} phút.`,
          `The correction was not released within ${correctionMaxMinutes} minutes.`,
        ),
      );
    const unreached = releasedAt === undefined ? [] : reachBefore.filter(place => !reachNow.includes(place));
    if (unreached.length > 0)
      findings.push(
        found(
          'correction.reachNow',
          'Tin cải chính không tới đủ những nơi nội dung sai đã tới.',
          'The correction does not reach all the places the false version did.',
          { data: { places: unreached.length } },
        ),
      );
    if (
      removedAt !== undefined &&
      releasedAt !== undefined &&
      removedAt - releasedAt < correctionMinDays * 86_400_000
    )
      findings.push(
        found('correction.removedAt', 'Tin cải chính bị gỡ sớm.', 'The correction was removed early.'),
      );
    return findings;
  },
});
