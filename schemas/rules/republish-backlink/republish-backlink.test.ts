import { describeRule } from '../rule.conformance.ts';
import { releaseOf } from '../subject.example.ts';
import { republishBacklink } from './index.ts';

describeRule(republishBacklink, {
  accept: [
    [
      'the article',
      releaseOf(),
      { outputs: [{ channel: 'rss', authors: [], link: 'https://bao-a.vn/tin/57695' }] },
    ],
  ],
  reject: [
    [
      'the home page',
      releaseOf(),
      { outputs: [{ channel: 'rss', authors: [], link: 'https://bao-a.vn/' }] },
      ['outputs.rss.link'],
    ],
    [
      'a dead link, a canonical of our own',
      releaseOf(),
      {
        outputs: [
          {
            channel: 'html',
            authors: [],
            link: 'https://bao-a.vn/tin/57695',
            linkStatus: 404,
            canonical: 'https://tin.example/1',
          },
        ],
      },
      ['outputs.html.link', 'outputs.html.canonical'],
    ],
  ],
  unknown: [['nothing rendered', releaseOf(), { outputs: [] }]],
});
