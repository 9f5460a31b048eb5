import { z } from 'zod';

/** WordPress' own bound on `per_page`, and on the ids of one `include=`. */
export const LARGEST_PAGE = 100;

/** A rest base is the word in the address: `/wp/v2/posts`. */
const restBase = z
  .string()
  .regex(/^[a-z0-9_-]{1,64}$/i, 'must be a REST base such as posts, pages or van-ban');

export const options = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .describe('The site’s address; its REST API is found from there. The API’s own root works too.'),
    types: z
      .array(restBase)
      .min(1)
      .max(20)
      .default(['posts'])
      .describe('REST bases of the post types to read: posts, pages, or those of custom types.'),
    user: z.string().min(1).optional().describe('WordPress user name, for a site that is not public.'),
    password: z
      .string()
      .min(1)
      .optional()
      .describe('Application password of that user, written as a variable of the environment.'),
    perPage: z
      .int()
      .min(1)
      .max(LARGEST_PAGE)
      .default(LARGEST_PAGE)
      .describe('Posts a request; fewer for a site that is slow to render them.'),
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    message: 'user and password go together',
    path: ['password'],
  });

export type WordPressOptions = z.output<typeof options>;
