import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A written agreement stood at the release of anything beyond headline, summary and link. */
export const republishAgreement = defineRule({
  id: 'republish-agreement',
  number: 48,
  scope: 'republication',
  title: { vi: 'Có thỏa thuận trước khi đăng lại', en: 'An agreement before republication' },
  severity: 'must',
  consequence: 'trim',
  appliesTo: { kinds: ['press'], gateway: false },
  clauses: [
    { cite: 'NĐ 147/2024/NĐ-CP Điều 28(1)', basis: 'L2', confidence: 'Q' },
    { cite: 'Luật 126/2025/QH15 Điều 34(3)', basis: 'L1', confidence: 'V-en' },
    { cite: 'NĐ 174/2026/NĐ-CP Điều 93(3)d', basis: 'L1', confidence: 'V-ocr' },
  ],
  remedy: {
    vi: 'Ký hoặc gia hạn văn bản thỏa thuận sử dụng tin, bài trước khi đăng lại.',
    en: 'Sign or renew the written agreement before re-publishing.',
  },
  caveat: {
    vi: '“Tiêu đề và liên kết thì không cần thỏa thuận” là giả định của chúng tôi.',
    en: '"Headline and link need no agreement" is our assumption.',
  },
  parameters: {},
  needs: ['publication', 'agreement'],
  uses: ['now'],
  check(_subject, { publication, agreement, now }) {
    if (publication.mode === 'headline-link') return [];
    const at = publication.releasedAt ?? now;
    if (agreement === null)
      return [
        found(
          'agreement',
          'Chưa có văn bản thỏa thuận được ghi nhận cho nguồn này.',
          'No written agreement is on record for this source.',
        ),
      ];
    if (at === undefined) return 'unknown';
    const findings = [];
    if (!(at >= agreement.from && at <= agreement.until))
      findings.push(
        found(
          'agreement.until',
          'Thỏa thuận chưa có hiệu lực hoặc đã hết hạn vào lúc phát hành.',
          'The agreement was not valid at the release.',
        ),
      );
    if (publication.mode === 'full-text' && agreement.mode !== 'full-text')
      findings.push(
        found(
          'agreement.mode',
          'Thỏa thuận không bao gồm toàn văn.',
          'The agreement does not cover full text.',
        ),
      );
    if (publication.media > 0 && !agreement.media)
      findings.push(
        found(
          'agreement.media',
          'Thỏa thuận không bao gồm ảnh, phim, tiếng.',
          'The agreement does not cover media.',
        ),
      );
    if (!/^sha256:[0-9a-f]{64}$/i.test(agreement.document))
      findings.push(
        found(
          'agreement.document',
          'Thỏa thuận thiếu mã băm của văn bản đã ký.',
          'The hash of the signed document is missing.',
        ),
      );
    if (agreement.parties.length < 2)
      findings.push(
        found(
          'agreement.parties',
          'Thỏa thuận chưa ghi đủ hai bên.',
          'The agreement does not name both parties.',
          { severity: 'should' },
        ),
      );
    return findings;
  },
});
