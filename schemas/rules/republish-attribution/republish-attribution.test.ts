import { describeRule } from '../rule.conformance.ts';
import { MINUTE, NOW, press, releaseOf } from '../subject.example.ts';
import { republishAttribution } from './index.ts';

describeRule(republishAttribution, {
  accept: [
    [
      'everywhere',
      releaseOf(press, { published: NOW }),
      {
        outputs: ['html', 'atom', 'rss', 'json-feed', 'graphql'].map(channel => ({
          channel,
          authors: ['A'],
          agency: 'Báo A',
          published: NOW,
        })),
      },
    ],
  ],
  reject: [
    [
      'JSON lacks the author',
      releaseOf(press, { published: NOW }),
      {
        outputs: [
          { channel: 'rss', authors: ['A'], agency: 'Báo A', published: NOW },
          { channel: 'json-feed', authors: [], agency: 'Báo A', published: NOW },
        ],
      },
      ['outputs.json-feed.authors'],
    ],
    [
      'another time, no agency',
      releaseOf(press, { published: NOW }),
      { outputs: [{ channel: 'rss', authors: ['A'], published: NOW + MINUTE }] },
      ['outputs.rss.agency', 'outputs.rss.published'],
    ],
  ],
  unknown: [['nothing rendered', releaseOf(), { outputs: [] }]],
});
