import { describeRule } from '../rule.conformance.ts';
import { releaseOf } from '../subject.example.ts';
import { republishVerbatim } from './index.ts';

describeRule(republishVerbatim, {
  accept: [
    [
      'the same',
      releaseOf(),
      { wording: { source: { title: 'A', text: 'một  hai' }, released: { title: 'A', text: 'một hai' } } },
    ],
    [
      'a marked extract',
      releaseOf(),
      {
        wording: {
          source: { title: 'A', text: 'một hai ba' },
          released: { title: 'A', text: 'một hai', markedExtract: true },
        },
      },
    ],
    [
      'a headline and link',
      releaseOf(),
      { wording: { source: { title: 'A', text: 'một hai' }, released: { title: 'A', text: '' } } },
    ],
  ],
  reject: [
    [
      'a rewritten headline',
      releaseOf(),
      { wording: { source: { title: 'A', text: 'x' }, released: { title: 'B', text: 'x' } } },
      ['wording.title'],
    ],
    [
      'a paragraph cut without mark',
      releaseOf(),
      { wording: { source: { title: 'A', text: 'một hai ba' }, released: { title: 'A', text: 'một hai' } } },
      ['wording.text'],
    ],
    [
      'other words',
      releaseOf(),
      {
        wording: {
          source: { title: 'A', text: 'một' },
          released: { title: 'A', text: 'hai', markedExtract: true },
        },
      },
      ['wording.text'],
    ],
  ],
});
