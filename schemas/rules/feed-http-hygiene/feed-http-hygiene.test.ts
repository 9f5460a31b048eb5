import { describeRule } from '../rule.conformance.ts';
import { feedOf } from '../subject.example.ts';
import { feedHttpHygiene } from './index.ts';

describeRule(feedHttpHygiene, {
  accept: [
    [
      'all well',
      feedOf(),
      {
        document: {
          status: 200,
          contentType: 'application/rss+xml; charset=utf-8',
          charset: { used: 'utf-8' },
          text: '',
          notModified: true,
        },
      },
    ],
  ],
  reject: [
    [
      'text/html, localhost',
      feedOf([], { self: 'http://localhost/rss' }),
      {
        document: {
          status: 200,
          contentType: 'text/html',
          charset: { used: 'utf-8' },
          text: '',
          notModified: false,
        },
      },
      ['document.contentType', 'document.notModified', 'feed.self'],
    ],
  ],
});
