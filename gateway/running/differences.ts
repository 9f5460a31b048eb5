import type { Federation } from '../../schemas/federation.ts';

/** What a reload changed, in sentences for the operator; secrets are never shown. */
export function differences(before: Federation, after: Federation): readonly string[] {
  const names = ({ sources }: Federation) => sources.map(({ name, ...rest }) => ({ id: name, rest }));
  return [
    ...lists('Trang', before.sites, after.sites),
    ...lists('Đầu nối', names(before), names(after)),
    ...lists('Luồng tin', before.feeds, after.feeds),
    ...lists('Chủ đề', before.topics, after.topics),
    ...lists('Webhook', before.callbacks.webhooks, after.callbacks.webhooks),
    ...parts(before, after),
    ...later(before, after),
  ];
}

interface Named {
  readonly id: string;
}

function lists(title: string, before: readonly Named[], after: readonly Named[]): readonly string[] {
  const [old, now] = [before, after].map(list => new Map(list.map(one => [one.id, JSON.stringify(one)]))) as [
    Map<string, string>,
    Map<string, string>,
  ];
  const added = [...now.keys()].filter(id => !old.has(id));
  const gone = [...old.keys()].filter(id => !now.has(id));
  const changed = [...now].filter(([id, text]) => old.has(id) && old.get(id) !== text).map(([id]) => id);
  const told = [
    ...(added.length > 0 ? [`thêm ${added.join(', ')}`] : []),
    ...(gone.length > 0 ? [`bớt ${gone.join(', ')}`] : []),
    ...(changed.length > 0 ? [`đổi ${changed.join(', ')}`] : []),
  ];
  return told.length > 0 ? [`${title}: ${told.join('; ')}.`] : [];
}

/** Told apart by name above. */
const LISTED = new Set(['sites', 'sources', 'feeds', 'topics']);

function parts(before: Federation, after: Federation): readonly string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Federation)[];
  const changed = keys.filter(
    key => !LISTED.has(key) && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  return changed.length > 0 ? [`Mục đã đổi: ${changed.join(', ')}.`] : [];
}

/** What was handed to the open store at the start. */
function later(before: Federation, after: Federation): readonly string[] {
  if (before.evidenceDays === after.evidenceDays) return [];
  return ['evidenceDays mới có hiệu lực từ lần khởi động sau.'];
}
