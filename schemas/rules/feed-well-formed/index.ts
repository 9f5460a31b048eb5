import type { FeedDocument } from '../../formats/format.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** The document reads as a feed; what had to be repaired is told, what can't be read at all is refused. */
export const feedWellFormed = defineRule({
  id: 'feed-well-formed',
  number: 18,
  scope: 'feed',
  title: { vi: 'Luồng tin đúng cú pháp', en: 'The feed is well-formed' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [{ cite: 'W3C feed validator: SAXError, UndefinedElement', basis: 'I', confidence: 'V' }],
  remedy: {
    vi: 'Sửa lỗi cú pháp XML/JSON; không in cảnh báo của máy chủ vào luồng tin.',
    en: 'Fix the syntax; never print server warnings into the feed.',
  },
  example: '<title>Lao động &amp; Xã hội</title>',

  parameters: {},
  needs: [],
  uses: ['document', 'strictReader'],
  check({ feed, failure }, { document, strictReader }) {
    if (feed === undefined)
      return [
        found(
          'document',
          'Không đọc được luồng tin, kể cả sau khi sửa.',
          'The feed cannot be read, even after repair.',
          { consequence: 'refuse', data: { failure: failure ?? 'UNREADABLE' } },
        ),
      ];
    const findings = [];
    if (document !== undefined && document.status !== 200)
      findings.push(
        found('document.status', 'Luồng tin không trả lời 200.', 'The feed does not answer 200.', {
          data: { status: document.status },
        }),
      );
    if (document !== undefined && DOCTYPE.test(document.text.slice(0, 65_536)))
      findings.push(
        found(
          'document.doctype',
          'Luồng tin có DTD: nhiều trình đọc từ chối vì an toàn.',
          'The feed has a document type declaration: many readers refuse it for safety.',
        ),
      );
    if (feed.repaired.length > 0)
      findings.push(
        found('feed', 'Luồng tin phải sửa mới đọc được.', 'The feed had to be repaired to be read.', {
          data: { repairs: feed.repaired.length },
        }),
      );
    if (feed.broken > 0)
      findings.push(
        found('feed.entries', 'Có tin trong luồng không đọc được.', 'Some entries could not be read.', {
          data: { entries: feed.broken },
        }),
      );
    if (strictReader !== undefined && findings.length === 0) findings.push(...refusals(feed, strictReader));
    return findings;
  },
});

/** What our reader takes without a word, and a common one does not: syntax is told with its line. */
function refusals(
  { entries }: FeedDocument,
  { entries: seen, refusedAt }: { readonly entries: number; readonly refusedAt?: string },
) {
  const data = { sees: seen, of: entries.length };
  if (refusedAt !== undefined)
    return /dòng \d/.test(refusedAt)
      ? [
          found('feed', 'Trình đọc thông thường từ chối luồng tin.', 'A common reader refuses the feed.', {
            data,
          }),
        ]
      : [];
  return seen < entries.length
    ? [
        found(
          'feed',
          `Trình đọc thông thường chỉ thấy ${seen} trong ${entries.length} tin.`,
          `A common reader sees only ${seen} of ${entries.length} entries.`,
          { data },
        ),
      ]
    : [];
}

/** Before the root: what stands in a text or a comment is none. */
const DOCTYPE =
  /^[^<]{0,200}(?:<\?[^>]{0,300}>\s{0,200}|<!--(?:(?!-->)[\s\S]){0,5000}-->\s{0,200}){0,20}<!DOCTYPE\s/i;
