import { describeRule } from '../rule.conformance.ts';
import { itemOf } from '../subject.example.ts';
import { articleSourceAttribution } from './index.ts';

describeRule(articleSourceAttribution, {
  accept: [
    ['not re-used', itemOf(), {}],
    [
      'a full source',
      itemOf({ origin: { title: 'Báo A', link: 'https://bao-a.vn/tin/1', published: '08:30 21/11/2026' } }),
      {},
    ],
    ['words about a theory', itemOf({ contentText: 'Theo kế hoạch, hội nghị họp hai ngày.' }), {}],
  ],
  reject: [
    ['Internet', itemOf({ contentText: 'Hội nghị. Nguồn: Internet' }), {}, ['origin']],
    [
      'a name only',
      itemOf({ contentText: 'Hội nghị đã họp. Nguồn: Báo A' }),
      {},
      ['origin.link', 'origin.published'],
    ],
    [
      'the home page of the source',
      itemOf({ origin: { title: 'Báo A', link: 'https://bao-a.vn/', published: '2026-11-21' } }),
      {},
      ['origin.link'],
    ],
    [
      'like an earlier one',
      itemOf(),
      { similar: { item: 'urn:uuid:1', site: 'bao-a', kind: 'press', score: 0.93 } },
      ['origin.title', 'origin.link', 'origin.published'],
    ],
  ],
});
