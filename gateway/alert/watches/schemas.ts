import { remoteSources } from '../../graph/remote/source.ts';
import type { Watch } from '../watch.ts';
import { plain } from '../words.ts';

const MOST = 200;

/** Sites whose GraphQL schema no longer fits what is offered of it. */
export const remoteSchemas: Watch = {
  kinds: ['schema-changed'],
  async look({ store, federation }) {
    // Nobody reads the schema of a source that is asked live no more or has a pinned one, so nothing would end its alarm.
    const read = remoteSources(federation).filter(({ live }) => live.sdl === undefined);
    const named = new Set(read.map(({ source }) => source));
    const changed = await store.records.find('remote-schema', { first: MOST });
    return changed
      .filter(({ id }) => named.has(id))
      .map(({ id, site, at, document }) => ({
        kind: 'schema-changed' as const,
        subject: id,
        ...(site !== undefined && { site }),
        since: at,
        sentence: {
          vi: `Lược đồ GraphQL của ${id} không còn khớp (${plain(document.broken[0] ?? '')}), vẫn chạy theo lược đồ cũ; hỏi quản trị trang hoặc sửa live.fields trong tệp cấu hình.`,
          en: `The GraphQL schema of ${id} no longer fits (${plain(document.broken[0] ?? '')}), the last good one serves on; ask its webmaster or change live.fields in the federation file.`,
        },
      }));
  },
};
