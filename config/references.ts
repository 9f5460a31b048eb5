import { OWN_KEY } from '../schemas/subschemas/own.ts';
import type { Finding } from './fault.ts';
import { RESERVED_FEEDS } from './feeds.ts';
import { nearest } from './nearest.ts';
import type { Outline } from './outline.ts';

type Path = readonly PropertyKey[];
/** Line of a path, for findings that name two places. */
export type LineOf = (at: Path) => number;

/** What the parts of a file say of one another: names once, none that is `taken`, and only of things that exist. */
export function checkReferences(file: Outline, taken: ReadonlySet<string>, lineOf: LineOf): Finding[] {
  return [...checkNames(file, lineOf), ...checkSelections(file), ...checkContentSchemas(file, taken, lineOf)];
}

function checkNames({ sites, topics, feeds }: Outline, lineOf: LineOf): Finding[] {
  const sources = sites.flatMap(({ sources }, site) =>
    unique(sources.map(idOf), source => ['sites', site, 'sources', source, 'id'], lineOf),
  );
  return [
    ...unique(sites.map(idOf), index => ['sites', index, 'id'], lineOf),
    ...sources,
    ...unique(topics.map(idOf), index => ['topics', index, 'id'], lineOf),
    ...unique(feeds.map(idOf), index => ['feeds', index, 'id'], lineOf),
    ...feeds.flatMap(({ id }, index) => reserved(id, ['feeds', index, 'id'])),
  ];
}

function checkSelections({ sites, topics, feeds }: Outline): Finding[] {
  const siteIds = sites.map(idOf);
  const topicIds = topics.map(idOf);
  return [
    ...topics.flatMap((topic, index) => known(topic.sites, siteIds, 'trang', ['topics', index, 'sites'])),
    ...feeds.flatMap(({ select }, index) => [
      ...known(select.sites, siteIds, 'trang', ['feeds', index, 'select', 'sites']),
      ...known(select.topics, topicIds, 'chủ đề', ['feeds', index, 'select', 'topics']),
    ]),
  ];
}

function checkContentSchemas(
  { sites, contentSchemas }: Outline,
  taken: ReadonlySet<string>,
  lineOf: LineOf,
): Finding[] {
  const schemas = Object.entries(contentSchemas);
  const names = schemas.map(([name]) => name);
  const asked = sites.flatMap(({ contentSchema }, index) =>
    contentSchema === undefined || names.includes(contentSchema)
      ? []
      : [unknownName(contentSchema, names, 'contentSchemas', ['sites', index, 'contentSchema'])],
  );
  const typeAt = (index: number): Path => ['contentSchemas', names[index] ?? '', 'type'];
  const types = schemas.map(([, { type }]) => type ?? '');
  const remedy = 'đặt một tên khác, như UnitDocument hay documentId.';
  const takenTwice = types.flatMap((type, index) =>
    taken.has(type)
      ? [{ at: typeAt(index), message: `kiểu ${type} đã có trong lược đồ chung.`, remedy }]
      : [],
  );
  const keys = schemas.flatMap(([name, { fields }]) => {
    const at = ['contentSchemas', name, 'fields', OWN_KEY];
    const message = `trường ${OWN_KEY} đã dành cho mã của tin.`;
    return Object.hasOwn(fields, OWN_KEY) ? [{ at, onKey: true, message, remedy }] : [];
  });
  return [...asked, ...unique(types, typeAt, lineOf), ...takenTwice, ...keys];
}

function idOf({ id }: { readonly id?: string | undefined }): string {
  return id ?? '';
}

function unique(ids: readonly string[], at: (index: number) => Path, lineOf: LineOf): Finding[] {
  const first = new Map<string, number>();
  return ids.flatMap((id, index) => {
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    if (before === undefined || id === '') return [];
    const message = `${id} đã dùng ở dòng ${lineOf(at(before))}, lặp lại ở dòng ${lineOf(at(index))}.`;
    return [{ at: at(index), message, remedy: 'đặt một tên khác cho một trong hai chỗ.' }];
  });
}

function known(ids: readonly string[], all: readonly string[], what: string, at: Path): Finding[] {
  return ids.flatMap((id, index) =>
    id === '' || all.includes(id) ? [] : [unknownName(id, all, what, [...at, index])],
  );
}

function unknownName(id: string, all: readonly string[], what: string, at: Path): Finding {
  const named = [...new Set(all)].filter(name => name !== '');
  const meant = nearest(id, named);
  const list = named.length > 0 ? `chọn trong: ${named.slice(0, 20).join(', ')}.` : `khai báo ${what} trước.`;
  return {
    at,
    message: `không có ${what} ${id}.`,
    remedy: meant === undefined ? list : `ý bạn là ${meant}?`,
  };
}

function reserved(id: string | undefined, at: Path): Finding[] {
  if (!RESERVED_FEEDS.some(name => name === id)) return [];
  return [{ at, message: `${id} là tên dành riêng.`, remedy: 'đặt một tên khác cho luồng tin.' }];
}
