import { feed, type Planting } from './planting.ts';

export const MEDIA_FAULTS: readonly Planting[] = [
  [
    'a picture without words',
    { rule: 'media-alt', plant: feed(/ alt="Quang cảnh buổi làm việc số 1"/, ' alt=""') },
  ],
  [
    'a file name for words',
    { rule: 'media-alt', plant: feed('Quang cảnh buổi làm việc số 1"', 'IMG_2041.jpg"') },
  ],
  [
    'a picture over http',
    {
      rule: 'media-https-absolute',
      also: ['media-alt'],
      plant: feed(/<enclosure url="[^"]*"/, '<enclosure url="http://anh.cuc-khac.example/0.jpg"'),
    },
  ],
  [
    'a picture that is a page',
    {
      rule: 'media-https-absolute',
      plant: pages => ({ ...pages, '/anh/0.jpg': { type: 'text/html', body: '<html>404</html>' } }),
      also: ['media-enclosure-valid'],
    },
  ],
  [
    'an enclosure of another length',
    { rule: 'media-enclosure-valid', severity: 'should', plant: feed('length="1200"', 'length="90000"') },
  ],
  [
    'an enclosure without length',
    { rule: 'media-enclosure-valid', severity: 'should', plant: feed(' length="1200"', '') },
  ],
  [
    'a picture of a stock agency',
    {
      rule: 'media-credit-rights',
      plant: feed(/<\/figure>/, '<figcaption>Ảnh: Reuters</figcaption></figure>'),
    },
  ],
];
