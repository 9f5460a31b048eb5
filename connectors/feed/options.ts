import { z } from 'zod';

export const options = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .describe(
      'Address of the RSS, Atom, RDF or JSON feed (địa chỉ luồng tin), not of the page that shows it.',
    ),
  reader: z
    .enum(['own', 'strict'])
    .default('own')
    .describe(
      'Whose reading of the feed is taken: ours, which repairs (mặc định), or that of a common strict reader. Ids are ours in both.',
    ),
  maxEntries: z
    .int()
    .min(1)
    .max(50_000)
    .default(5_000)
    .describe('Entries read of one document at most (số mục đọc tối đa); those beyond are left.'),
  archives: z
    .boolean()
    .default(true)
    .describe('At the first harvest, follow the feed’s older pages (RFC 5005) back to the source’s `since`.'),
});

export type FeedOptions = z.output<typeof options>;
