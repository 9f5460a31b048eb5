// A writer that never stops: batch after batch, each told on standard output once it is committed. The test kills it.
import { openStore, type StoreOptions } from '../open-store.ts';
import { aJudgement, anItem } from './engine.ts';

const store = await openStore(JSON.parse(process.argv[2] ?? '{}') as StoreOptions);
await store.work.register([{ name: 's/a', interval: 1 }]);
// Whoever was killed before still holds the lease for a moment.
let lease = await store.work.leaseOne('s/a', 300);
while (!lease) {
  await new Promise(resolve => setTimeout(resolve, 20));
  lease = await store.work.leaseOne('s/a', 300);
}
const held = lease;
const saved = (await store.work.checkpoint('s/a'))?.value;
for (let batch = typeof saved === 'number' ? saved + 1 : 1; ; batch += 1) {
  await store.work.renew(held, 300);
  await store.transaction(async tx => {
    const items = Array.from({ length: 20 }, (_, i) => anItem(`${batch}-${i}`, { listed: batch }));
    await tx.items.save(items);
    tx.changes.append(items.map(({ id }) => ({ kind: 'put', item: id, backfill: false })));
    await tx.records.put(
      ...items.map(({ id }) => ({
        kind: 'full-text' as const,
        id,
        item: id,
        at: batch,
        document: { content: '', contentText: '', summary: '', media: [], hash: id },
      })),
    );
    await tx.problems.save(items.map(({ id }) => aJudgement(id, batch)));
    tx.ledger.append({ type: 'item.released', actor: 'gateway', details: { batch } });
    await tx.work.checkpoint(held, 'feed', batch);
  });
  process.stdout.write(`${batch}\n`);
}
