import { type JsonDocument, type JsonReading, read } from '../../schemas/json-map/read.ts';
import type { Connector } from '../connector.ts';
import { sightOf } from './absent.ts';
import { harvest } from './harvest.ts';
import { type JsonApiOptions, options } from './options.ts';

/** Any CMS that offers its items as JSON: declared in the federation file, not programmed. */
export const jsonApiConnector: Connector<JsonApiOptions, JsonDocument, JsonReading> = {
  id: 'json-api',
  stableIds: true,
  title: { vi: 'API JSON khai báo', en: 'Declared JSON API' },
  summary: {
    vi: 'Đọc mọi CMS có API JSON (Strapi, Ghost, CMS tự viết): khai báo chỗ của từng phần bằng JSONPath.',
    en: 'Reads any CMS with a JSON API (Strapi, Ghost, your own): each part is declared by a JSONPath.',
  },
  options,
  example: {
    url: 'https://cms.don-vi.example/api/articles?populate=section',
    items: '$.data[*]',
    map: {
      id: '$.documentId',
      title: '$.title',
      summary: '$.lead',
      content: '$.body',
      contentType: 'markdown',
      published: '$.publishedAt',
      updated: '$.updatedAt',
      authors: '$.authorName',
      categories: '$.section.name',
      picture: '$.imageUrl',
    },
    link: 'https://don-vi.example/tin/{slug}',
    paging: {
      kind: 'page',
      param: 'pagination[page]',
      size: 'pagination[pageSize]',
      start: 1,
      total: '$.meta.pagination.pageCount',
    },
    since: { param: 'filters[updatedAt][$gt]', format: 'iso' },
    complete: true,
  },
  read,
  harvest,
  probe: (held, { source }, tools) => sightOf(held, source.options, tools),
};
