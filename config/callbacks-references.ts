import type { Finding } from './fault.ts';
import { nearest } from './nearest.ts';
import type { FederationFile } from './options.ts';

/** What webhooks say of sites and topics, and their names, once each. */
export function checkCallbacks({ callbacks, sites, topics }: FederationFile): Finding[] {
  const known = {
    sites: sites.map(({ id }) => id),
    topics: topics.map(({ id }) => id),
  };
  const names = callbacks.webhooks.map(({ id }) => id);
  return callbacks.webhooks.flatMap(({ id, select }, index) => {
    const at = ['callbacks', 'webhooks', index];
    const twice = names.indexOf(id) < index;
    return [
      ...(twice
        ? [
            {
              at: [...at, 'id'],
              message: `${id} đã dùng ở trên.`,
              remedy: 'đặt một tên khác cho một trong hai chỗ.',
            },
          ]
        : []),
      ...(['sites', 'topics'] as const).flatMap(list =>
        select[list].flatMap((name, place) =>
          known[list].includes(name) ? [] : [unknown(name, known[list], [...at, 'select', list, place])],
        ),
      ),
    ];
  });
}

function unknown(name: string, all: readonly string[], at: readonly PropertyKey[]): Finding {
  const meant = nearest(name, all);
  const remedy =
    meant === undefined ? `chọn trong: ${all.slice(0, 20).join(', ') || '(chưa có)'}.` : `ý bạn là ${meant}?`;
  return { at, message: `không có ${name}.`, remedy };
}
