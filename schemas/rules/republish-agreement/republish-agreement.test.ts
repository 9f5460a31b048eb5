import { describeRule } from '../rule.conformance.ts';
import { AGREED, DAY, NOW, releaseOf } from '../subject.example.ts';
import { republishAgreement } from './index.ts';

describeRule(republishAgreement, {
  accept: [
    [
      'a valid one',
      releaseOf(),
      { publication: { releasedAt: NOW, mode: 'full-text', media: 1 }, agreement: AGREED },
    ],
    [
      'headline and link',
      releaseOf(),
      { publication: { releasedAt: NOW, mode: 'headline-link', media: 0 }, agreement: null },
    ],
  ],
  reject: [
    [
      'none',
      releaseOf(),
      { publication: { releasedAt: NOW, mode: 'full-text', media: 0 }, agreement: null },
      ['agreement'],
    ],
    [
      'expired',
      releaseOf(),
      {
        publication: { releasedAt: NOW, mode: 'full-text', media: 0 },
        agreement: { ...AGREED, until: NOW - DAY },
      },
      ['agreement.until'],
    ],
    [
      'more than agreed',
      releaseOf(),
      {
        publication: { releasedAt: NOW, mode: 'full-text', media: 2 },
        agreement: { ...AGREED, mode: 'summary', media: false },
      },
      ['agreement.mode', 'agreement.media'],
    ],
    [
      'no hash',
      releaseOf(),
      {
        publication: { releasedAt: NOW, mode: 'summary', media: 0 },
        agreement: { ...AGREED, document: 'TT-07.pdf' },
      },
      ['agreement.document'],
    ],
  ],
  unknown: [
    [
      'a moment that is not known',
      releaseOf(),
      { publication: { mode: 'summary', media: 0 }, agreement: AGREED },
    ],
  ],
});
