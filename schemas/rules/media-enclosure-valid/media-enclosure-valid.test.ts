import { describeRule } from '../rule.conformance.ts';
import { mediumOf, rawEntry } from '../subject.example.ts';
import { mediaEnclosureValid } from './index.ts';

describeRule(mediaEnclosureValid, {
  accept: [
    [
      'declared right',
      mediumOf({ url: 'https://a.example/1.jpg' }),
      {
        entry: rawEntry({
          media: [{ url: 'https://a.example/1.jpg', length: 48_213, type: 'image/jpeg', role: 'enclosure' }],
        }),
        mediaSight: { status: 200, type: 'image/jpeg', length: 48_213 },
      },
    ],
  ],
  reject: [
    [
      'length 0 and a second one',
      mediumOf({ url: 'https://a.example/1.jpg' }),
      {
        entry: rawEntry({
          media: [
            { url: 'https://a.example/1.jpg', length: 0, type: 'image/jpeg', role: 'enclosure' },
            { url: 'https://a.example/2.jpg', role: 'enclosure' },
          ],
        }),
      },
      ['media[0]', 'media[0].length'],
    ],
    [
      'another type',
      mediumOf({ url: 'https://a.example/1.jpg' }),
      {
        entry: rawEntry({
          media: [{ url: 'https://a.example/1.jpg', length: 10, type: 'image/jpeg', role: 'enclosure' }],
        }),
        mediaSight: { status: 200, type: 'image/png' },
      },
      ['media[0].type'],
    ],
  ],
  unknown: [['without the entry', mediumOf({}), {}]],
});
