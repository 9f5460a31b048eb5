import type { Format } from '../../schemas/formats/format.ts';
import type { Connector } from '../connector.ts';
import { harvest, receive } from './harvest.ts';
import { collectFromPages, listPages } from './list-pages.ts';
import { type FeedOptions, options } from './options.ts';
import { type FeedInput, type FeedReading, read } from './read.ts';

/** Reads a feed in any of the formats it is handed. */
export function feedConnector(formats: readonly Format[]): Connector<FeedOptions, FeedInput, FeedReading> {
  return {
    id: 'feed',
    title: { vi: 'Luồng tin (RSS, Atom, JSON Feed)', en: 'Feed (RSS, Atom, JSON Feed)' },
    summary: {
      vi: 'Đọc luồng tin RSS, Atom, RDF hoặc JSON Feed; sửa những lỗi thường gặp và nói rõ đã sửa gì.',
      en: 'Reads RSS, Atom, RDF and JSON feeds; repairs their usual faults and tells which.',
    },
    options,
    example: { url: 'https://viec-lam.example.gov.vn/rss/tin-tuc.rss' },
    read: input => read(input, formats),
    harvest,
    receive,
    feedAddress: ({ url }) => url,
    list: listPages,
    collect: collectFromPages,
  };
}
