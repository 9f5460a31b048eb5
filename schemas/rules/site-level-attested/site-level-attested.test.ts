import { describeRule } from '../rule.conformance.ts';
import { DAY, gateway, NOW, unit } from '../subject.example.ts';
import { siteLevelAttested } from './index.ts';

describeRule(siteLevelAttested, {
  accept: [
    [
      'a full record',
      { site: unit },
      {
        now: NOW,
        registry: {
          security: {
            level: 3,
            decisionNo: '45/QĐ',
            decisionDate: NOW - 90 * DAY,
            approver: 'Bộ',
            lastReviewed: NOW - 90 * DAY,
            fileHash: 'sha256:0',
          },
        },
      },
    ],
  ],
  reject: [
    [
      'a blank',
      { site: unit },
      { now: NOW, registry: {} },
      [
        'registry.security.level',
        'registry.security.decisionNo',
        'registry.security.lastReviewedAt',
        'registry.security.fileHash',
      ],
    ],
    [
      'a gateway of level 2',
      gateway,
      {
        now: NOW,
        registry: {
          security: {
            level: 2,
            decisionNo: '45/QĐ',
            decisionDate: NOW,
            approver: 'Bộ',
            lastReviewed: NOW,
            fileHash: 'sha256:0',
          },
        },
      },
      ['registry.security.level'],
    ],
  ],
});
