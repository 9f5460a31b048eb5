import { describeRule } from '../rule.conformance.ts';
import { DAY, HOUR, NOW, unit } from '../subject.example.ts';
import { siteDowntimeNotice } from './index.ts';

describeRule(siteDowntimeNotice, {
  accept: [
    [
      '2/11 → 14/11',
      { site: unit },
      {
        outages: [
          {
            from: Date.parse('2026-11-14T08:00:00+07:00'),
            to: Date.parse('2026-11-14T12:00:00+07:00'),
            planned: { noticePublished: Date.parse('2026-11-02T08:00:00+07:00'), expectedRecovery: NOW },
          },
          { from: NOW, to: NOW + DAY },
        ],
      },
    ],
  ],
  reject: [
    [
      'the evening before',
      { site: unit },
      { outages: [{ from: NOW, to: NOW + DAY, planned: { noticePublished: NOW - 12 * HOUR } }] },
      ['outages[0].notice', 'outages[0].recovery'],
    ],
  ],
});
