import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** UTF-8 by every declaration and in its bytes; no replacement characters, no mojibake. */
export const feedUtf8 = defineRule({
  id: 'feed-utf8',
  number: 19,
  scope: 'feed',
  title: { vi: 'Luồng tin dùng UTF-8', en: 'The feed is UTF-8' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'TT 39/2017/TT-BTTTT phụ lục 2.7, 3.14', basis: 'L3', confidence: 'S' },
    { cite: 'W3C feed validator: EncodingMismatch', basis: 'I', confidence: 'V' },
  ],
  remedy: {
    vi: 'Phát luồng tin bằng UTF-8 và khai báo charset thống nhất.',
    en: 'Serve UTF-8 and declare the same charset everywhere.',
  },
  example: 'Content-Type: application/rss+xml; charset=utf-8 + <?xml version="1.0" encoding="UTF-8"?>',

  parameters: {},
  needs: ['document'],
  uses: [],
  check(_subject, { document: { charset, text } }) {
    const findings = [];
    for (const [at, name] of [
      ['http', charset.http],
      ['declared', charset.declared],
      ['used', charset.used],
    ] as const)
      if (name !== undefined && !/^utf-?8$/i.test(name))
        findings.push(
          found(
            `document.charset.${at}`,
            'Bảng mã không phải UTF-8 hoặc khai không thống nhất.',
            'The charset is not UTF-8 or declared differently.',
          ),
        );
    if (text.includes('\ufffd'))
      findings.push(found('document', 'Có ký tự hỏng (U+FFFD).', 'Has broken characters (U+FFFD).'));
    // UTF-8 read as windows-1252: a lead byte's letter and a continuation byte's sign. A bare `Ã` is a normal capital.
    const mojibake =
      text.match(
        /[ÃÄÅÆ][\u0080-\u00bf\u2018-\u201e\u2020-\u2022\u20ac\u0192\u02c6\u2122]|á[º»][\u0080-\u00bf\u2018-\u2122]/g,
      )?.length ?? 0;
    const words = text.split(/\s+/).length;
    if (mojibake > words / 1_000)
      findings.push(
        found(
          'document',
          'Có dấu hiệu chữ Việt bị mã hoá hai lần.',
          'Looks like Vietnamese text encoded twice.',
          { data: { places: mojibake } },
        ),
      );
    return findings;
  },
});
