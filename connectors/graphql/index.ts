import type { Connector } from '../connector.ts';
import { harvest } from './harvest.ts';
import { type GraphqlOptions, options } from './options.ts';
import { type GraphqlReading, type JsonDocument, read } from './read.ts';

/** A site that speaks GraphQL: harvested by one operation, and asked live for what changes too fast to store. */
export const graphqlConnector: Connector<GraphqlOptions, JsonDocument, GraphqlReading> = {
  id: 'graphql',
  stableIds: true,
  title: { vi: 'GraphQL', en: 'GraphQL' },
  summary: {
    vi: 'Đọc trang có GraphQL bằng một truy vấn khai báo, và hỏi thẳng trang những trường thay đổi luôn.',
    en: 'Reads a site that speaks GraphQL by one declared operation, and asks it live for fields that keep changing.',
  },
  options,
  example: {
    url: 'https://cms.don-vi.example/graphql',
    query:
      'query Tin($after: String, $first: Int) { articles(after: $after, first: $first) { nodes { id slug title lead body publishedAt updatedAt } pageInfo { endCursor hasNextPage } } }',
    items: '$.data.articles.nodes[*]',
    map: {
      id: '$.id',
      title: '$.title',
      summary: '$.lead',
      content: '$.body',
      published: '$.publishedAt',
      updated: '$.updatedAt',
    },
    link: 'https://don-vi.example/tin/{slug}',
    paging: { kind: 'cursor', variable: 'after', size: 'first', pageSize: 50 },
    complete: true,
    live: {
      type: 'Article',
      key: 'id',
      entry: { field: 'article', argument: 'id' },
      fields: ['views', 'author.name'],
    },
  },
  read,
  harvest,
};
