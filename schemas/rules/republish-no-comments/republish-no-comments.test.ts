import { describeRule } from '../rule.conformance.ts';
import { releaseOf } from '../subject.example.ts';
import { republishNoComments } from './index.ts';

describeRule(republishNoComments, {
  accept: [['none', releaseOf(), { outputs: [{ channel: 'html', authors: [], comments: false }] }]],
  reject: [
    [
      'a comment form',
      releaseOf(),
      { outputs: [{ channel: 'html', authors: [], comments: true }] },
      ['outputs.html.comments'],
    ],
  ],
  unknown: [['nobody looked', releaseOf(), { outputs: [{ channel: 'html', authors: [] }] }]],
});
