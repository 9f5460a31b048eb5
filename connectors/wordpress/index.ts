import type { Connector } from '../connector.ts';
import { sightOf, stillAnswers } from './confirm.ts';
import { postIdOf, wordPressPost } from './entry.ts';
import { harvest } from './harvest.ts';
import { collectPosts, listPosts, openKnown } from './list-posts.ts';
import { options, type WordPressOptions } from './options.ts';
import { type Input, type Reading, read } from './read.ts';

export const wordpress: Connector<WordPressOptions, Input, Reading> = {
  id: 'wordpress',
  stableIds: true,
  title: { vi: 'WordPress', en: 'WordPress' },
  summary: {
    vi: 'Đọc tin, bài qua REST API của WordPress (/wp-json/wp/v2); thấy cả bài sửa, bài gỡ, bài đổi đường dẫn.',
    en: 'Reads posts by WordPress’ REST API (/wp-json/wp/v2), edits, removals and changed addresses included.',
  },
  options,
  example: { url: 'https://viec-lam.example.gov.vn', types: ['posts'] },
  contentSchemas: [wordPressPost],
  read,
  harvest,
  /** Every WordPress answers this one, whatever its addresses look like. */
  feedAddress({ url, types, user }) {
    const home = new URL(url);
    const isApi = home.pathname.includes('/wp-json') || home.searchParams.has('rest_route');
    if (isApi || user !== undefined || !types.includes('posts')) return undefined;
    home.searchParams.set('feed', 'rss2');
    return home.href;
  },
  list: listPosts,
  collect: collectPosts,
  async probe(held, job, tools) {
    const id = postIdOf(held.sourceId);
    if (id === undefined) return 'doubt';
    const { types } = job.source.options;
    const api = await openKnown(job, tools);
    const sight = await sightOf(api, types, id);
    if (sight !== 'refused') return sight;
    await stillAnswers(api, types);
    return 'gone';
  },
};
