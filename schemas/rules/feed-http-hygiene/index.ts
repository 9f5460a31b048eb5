import { pageKey } from '../addresses.ts';
import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A feed's content type, conditional requests answered, and a self link that is its address. */
export const feedHttpHygiene = defineRule({
  id: 'feed-http-hygiene',
  number: 20,
  scope: 'feed',
  title: { vi: 'Phát luồng tin đúng cách qua HTTP', en: 'HTTP hygiene of the feed' },
  severity: 'should',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    {
      cite: 'W3C feed validator: UnexpectedContentType, MissingSelf, SelfDoesntMatchLocation',
      basis: 'I',
      confidence: 'V',
    },
  ],
  remedy: {
    vi: 'Đặt đúng Content-Type, hỗ trợ ETag/Last-Modified, khai báo liên kết self đúng địa chỉ.',
    en: 'Set the right content type, support conditional requests, fix the self link.',
  },
  example:
    '<atom:link rel="self" type="application/rss+xml" href="https://don-vi.bo.gov.vn/rss/tin-moi.rss"/>',

  parameters: {},
  needs: ['document'],
  uses: [],
  check({ feed, url }, { document }) {
    const type = document.contentType?.split(';')[0]?.trim().toLowerCase();
    const findings = [];
    if (
      type === undefined ||
      !/^(?:application\/(?:rss\+xml|atom\+xml|rdf\+xml|xml|feed\+json|json)|text\/xml)$/.test(type)
    )
      findings.push(
        found(
          'document.contentType',
          'Content-Type không phải của luồng tin.',
          'The content type is not that of a feed.',
        ),
      );
    if (document.notModified === false)
      findings.push(
        found(
          'document.notModified',
          'Không trả lời 304 cho yêu cầu có điều kiện.',
          'Conditional requests are not answered with 304.',
        ),
      );
    if (feed && /^(?:rss|atom)$/.test(feed.format)) {
      if (feed.self === undefined)
        findings.push(found('feed.self', 'Thiếu liên kết self.', 'The self link is missing.'));
      else if (pageKey(feed.self) !== pageKey(url))
        findings.push(
          found(
            'feed.self',
            'Liên kết self khác địa chỉ thật của luồng.',
            "The self link is not the feed's address.",
          ),
        );
    }
    return findings;
  },
});
