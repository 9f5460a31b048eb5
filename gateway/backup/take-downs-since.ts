import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { CodedError } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Item } from '../../schemas/item.ts';
import type { LedgerEvent } from '../../schemas/ledger.ts';
import { linkHash } from '../../schemas/ledger-chain.ts';
import { takeDown } from '../acts/take-down.ts';
import { withdraw } from '../harvest/revise.ts';
import { write } from '../harvest/write-revisions.ts';
import type { Store } from '../store/store.ts';
import { readArchive } from './read-archive.ts';

/** A row of a ledger that goes on further than the restored one. */
interface LaterRow {
  readonly seq: number;
  readonly text: string;
  readonly previous: string;
  readonly hash: string;
}

/** An item that the later ledger has seen go. */
interface Gone {
  readonly reason: string;
  readonly takedown?: string;
  readonly given?: string;
  /** Its publisher called it back by hand, then: what its feed still shows doesn't bring it back. */
  readonly takenBack?: Instant;
}

export interface Reapplied {
  /** Items that the archive still showed, and no longer does. */
  readonly removed: number;
  /** Items that it didn't know, kept from coming in. */
  readonly blocked: number;
  /** Rows of the later ledger after the restored one's head. */
  readonly rows: number;
}

/** What a later ledger tells was taken away. */
export interface LaterLedger {
  readonly file: string;
  readonly rows: readonly LaterRow[];
}

/** The newest row of the restored ledger. */
type Head = Pick<LaterRow, 'seq' | 'hash'>;

/** Reads an export of a later ledger, or a later archive. Throws BAD_INPUT where it is neither, or was changed. */
export async function readLaterLedger(file: string): Promise<LaterLedger> {
  const rows: LaterRow[] = [];
  for await (const row of await readLedgerRows(file)) {
    if (linkHash(row.previous, row.seq, row.text) !== row.hash)
      throw new CodedError('BAD_INPUT', `${file}: dòng ${row.seq} của sổ cái đã bị sửa.`);
    const last = rows.at(-1);
    if (last && (row.seq !== last.seq + 1 || row.previous !== last.hash))
      throw new CodedError('BAD_INPUT', `${file}: sổ cái thiếu dòng trước dòng ${row.seq}.`);
    rows.push(row);
  }
  return { file, rows };
}

/** Throws BAD_INPUT where it isn't the continuation of the ledger that ends with `head`. */
export function checkContinues({ file, rows }: LaterLedger, head: Head): void {
  const first = rows[0];
  const same = rows.find(({ seq }) => seq === head.seq);
  const continues = same
    ? same.hash === head.hash
    : first?.seq === head.seq + 1 && first.previous === head.hash;
  if (head.seq > 0 && !continues)
    throw new CodedError('BAD_INPUT', `${file} không phải phần tiếp theo của sổ cái trong bản sao lưu này.`);
}

/** Takes away again what was taken away after the back-up was made. Idempotent. */
export async function reapplyTakeDowns(store: Store, later: LaterLedger, head: Head): Promise<Reapplied> {
  checkContinues(later, head);
  const after = later.rows.filter(({ seq }) => seq > head.seq);
  const gone = new Map<string, Gone>();
  for (const { text } of after) note(JSON.parse(text) as LedgerEvent, gone);
  return { rows: after.length, ...(await removeAgain(store, gone)) };
}

function note({ type, item, details = {} }: LedgerEvent, gone: Map<string, Gone>): void {
  const text = (name: string) => (typeof details[name] === 'string' ? String(details[name]) : undefined);
  if (type === 'takedown.started' && Array.isArray(details.items))
    for (const id of details.items) gone.set(String(id), orderOf(text('takedown'), text('reasonGiven')));
  if (item === undefined) return;
  if (type === 'item.removed' && gone.get(item)?.reason !== 'order')
    gone.set(item, {
      reason: text('reason') ?? 'withdrawn',
      ...(typeof details.takenBack === 'number' && { takenBack: details.takenBack }),
    });
  if (type === 'item.restored' || type === 'item.released') gone.delete(item);
}

function orderOf(takedown: string | undefined, given: string | undefined): Gone {
  return { reason: 'order', ...(takedown && { takedown }), ...(given && { given }) };
}

async function removeAgain(
  store: Store,
  gone: ReadonlyMap<string, Gone>,
): Promise<Pick<Reapplied, 'removed' | 'blocked'>> {
  const known = new Map((await store.items.byIds([...gone.keys()])).map(item => [item.id, item]));
  let removed = 0;
  let blocked = 0;
  for (const [id, why] of gone) {
    const item = known.get(id);
    if (item && item.visibility !== 'WITHDRAWN') {
      await removeOne(store, item, why);
      removed += 1;
    }
    if (!item && why.reason === 'order') {
      await block(store, id, why);
      blocked += 1;
    }
  }
  return { removed, blocked };
}

const AGAIN = 'Gỡ lại sau khi phục hồi từ bản sao lưu cũ hơn.';

async function removeOne(store: Store, item: Item, { reason, given, takenBack }: Gone): Promise<void> {
  if (reason === 'order') {
    const by = { actor: 'operator', reason: given ? `${given} (${AGAIN})` : AGAIN };
    await takeDown(store, { ...by, items: [item.id], links: [], urgent: false });
    return;
  }
  await store.transaction(async tx => {
    const current = (await tx.items.current([item.id])).get(item.id);
    if (!current || current.visibility === 'WITHDRAWN') return;
    const revision = withdraw(current, 'withdrawn', takenBack);
    await write(tx, [revision], { actor: 'gateway', details: { because: AGAIN } });
  });
}

/** It would come in anew from its source. */
async function block(store: Store, id: string, { takedown = 'restored', given }: Gone): Promise<void> {
  await store.transaction(async tx => {
    const at = await store.now();
    const document = { takedown, reason: given ?? AGAIN };
    await tx.records.put({ kind: 'block', id: `item:${id}`, state: 'in-force', at, document });
  });
}

async function readLedgerRows(file: string): Promise<AsyncIterable<LaterRow> | Iterable<LaterRow>> {
  const handle = await open(file, 'r').catch(cause => {
    throw new CodedError('BAD_INPUT', `Không đọc được ${file}.`, { cause });
  });
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
  return buffer.readUInt16BE(0) === 0x1f8b ? rowsOfArchive(file) : rowsOfExport(file);
}

async function rowsOfArchive(file: string): Promise<readonly LaterRow[]> {
  const found: LaterRow[] = [];
  await readArchive(file, {
    async table() {},
    async rows({ table, columns }, rows) {
      if (table !== 'ledger') return;
      const at = (name: string) => columns.indexOf(name);
      for (const row of rows)
        found.push({
          seq: Number(row[at('seq')]),
          text: String(row[at('text')]),
          previous: String(row[at('previous')]),
          hash: String(row[at('hash')]),
        });
    },
  });
  return found;
}

async function* rowsOfExport(file: string): AsyncGenerator<LaterRow> {
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (line.trim() === '') continue;
    const row = parse(line);
    if (row?.closing === true) return;
    if (typeof row?.seq !== 'number' || typeof row.text !== 'string')
      throw new CodedError(
        'BAD_INPUT',
        `${file} không phải bản xuất sổ cái (\`lienthong ledger export\`) hay bản sao lưu.`,
      );
    yield row as unknown as LaterRow;
  }
  throw new CodedError('BAD_INPUT', `${file} KHÔNG TRỌN VẸN: thiếu dòng kết.`);
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
