import { describeRule } from '../rule.conformance.ts';
import { entryOf, feedOf, unit } from '../subject.example.ts';
import { feedNoActiveContent } from './index.ts';

describeRule(feedNoActiveContent, {
  accept: [
    [
      'plain markup',
      feedOf([
        entryOf({
          content: { type: 'html', value: '<p><a href="https://a.vn/">a</a><img src="a.jpg"></p>' },
        }),
      ]),
      {},
    ],
  ],
  reject: [
    [
      'script, handler, address',
      feedOf([
        entryOf({ content: { type: 'html', value: '<script>1</script><p onclick="x">a</p>' } }),
        entryOf({ summary: { type: 'html', value: '<a href="java\nscript:alert(1)">x</a>' } }),
      ]),
      {},
      ['entries[0].content', 'entries[1].summary'],
    ],
  ],
  unknown: [['an unreadable feed', { site: unit, url: 'x' }, {}]],
});
