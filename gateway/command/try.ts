import { setMaxListeners } from 'node:events';
import type { Batch } from '../../connectors/connector.ts';
import { toRfc3339 } from '../../schemas/instant.ts';
import type { Draft } from '../../schemas/item.ts';
import type { Source } from '../../schemas/source.ts';
import type { Harvester } from '../harvest/thread.ts';
import { trial } from '../harvest/trial.ts';
import { unknownSource } from './harvest.ts';
import { lackingLines } from './lacking.ts';
import type { Plugins } from './plugins.ts';
import type { Setting } from './setting.ts';
import { proposeLegacyText, shownByLegacyText } from './try-legacy.ts';
import { withHarvester } from './with-harvester.ts';

const SHOWN = 3;

/** Reads a source's first batch and shows its first items as they would be stored. Stores nothing. */
export async function trySource(name: string, plugins: Plugins, setting: Setting): Promise<number> {
  const source = setting.federation.sources.find(one => one.name === name);
  if (!source) throw unknownSource(name, setting);
  return withHarvester(plugins, setting, async harvester => {
    const stop = new AbortController();
    setMaxListeners(0, stop.signal);
    try {
      const { batch, drafts, refused } = await trial(name, stop.signal, harvester);
      show(batch, drafts, refused);
      await showLegacyText(source, batch, () => readRaw(source, stop.signal, harvester));
      return drafts.length > 0 ? 0 : 1;
    } finally {
      stop.abort();
    }
  });
}

/** The same first batch with the bytes of its texts kept, as any setting of an old charset does. */
async function readRaw(source: Source, signal: AbortSignal, harvester: Harvester): Promise<Batch> {
  const { federation } = harvester;
  const sources = federation.sources.map(one =>
    one.name === source.name ? { ...one, legacyText: 'tcvn3' as const } : one,
  );
  const { batch } = await trial(source.name, signal, {
    ...harvester,
    federation: { ...federation, sources },
  });
  return batch;
}

async function showLegacyText(source: Source, batch: Batch, raw: () => Promise<Batch>): Promise<void> {
  for (const { before, after } of shownByLegacyText(source, batch))
    console.log(`  ${source.legacyText}: «${before}» → «${after}»`);
  const proposed = await proposeLegacyText(source, batch, raw);
  if (!proposed) return;
  console.log(
    `Có dấu hiệu nguồn viết bằng bảng mã cũ ${proposed.legacyText}. Nếu đúng, thêm vào nguồn: legacyText: ${proposed.legacyText}`,
  );
  for (const { before, after } of proposed.titles) console.log(`  «${before}» → «${after}»`);
}

function show(
  batch: Batch,
  drafts: readonly Draft[],
  refused: readonly { entry: string; reason: string }[],
): void {
  console.log(
    `Đọc được ${batch.entries.length} mục; ${drafts.length} thành tin, ${refused.length} bị loại, ${batch.broken ?? 0} không đọc được.`,
  );
  for (const repair of batch.repaired ?? []) console.log(`  đã sửa: ${repair}`);
  for (const line of lackingLines(batch, drafts)) console.log(`  ${line}`);
  for (const { entry, reason } of refused.slice(0, SHOWN)) console.log(`  bị loại: ${entry}: ${reason}`);
  for (const draft of drafts.slice(0, SHOWN)) console.log(JSON.stringify(shown(draft), null, 2));
}

function shown(draft: Draft): object {
  const { title, link, summary, authors, categories, topics, language, picture, own, notes, contentText } =
    draft;
  const time = (at: number | undefined) => (at === undefined ? null : toRfc3339(at));
  return {
    title,
    link,
    published: time(draft.published),
    updated: time(draft.updated),
    summary,
    contentText: contentText.slice(0, 200),
    authors: authors.map(author => author.name),
    categories,
    topics,
    language: language ?? null,
    picture: picture ?? null,
    own: own ?? null,
    keys: draft.keys,
    notes,
  };
}
