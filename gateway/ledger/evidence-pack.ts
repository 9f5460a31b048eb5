import { CodedError } from '../../schemas/errors.ts';
import { toReadable, toRfc3339 } from '../../schemas/instant.ts';
import type { ExportClosing, LedgerRoot } from '../../schemas/ledger-export.ts';
import { html, join } from '../http/html.ts';
import type { LedgerRow } from '../store/ledger.ts';
import type { Store } from '../store/store.ts';
import { readRoots } from './roots.ts';
import type { Signer } from './signer.ts';

export interface EvidencePack {
  readonly item: string;
  readonly link: string;
  readonly title: string;
  readonly visibility: string;
  readonly made: string;
  /** Rows that name the item, as they stand in the ledger. */
  readonly rows: readonly LedgerRow[];
  /** Wordings by hash, oldest first; texts only while the item is not erased. */
  readonly versions: readonly { readonly at: string; readonly hash: string; readonly kind: string }[];
  /** The first signed root at or after the item's last row. */
  readonly root?: LedgerRoot;
  /** All rows of the ledger from the item's first to the root's: proves without an export that its rows were there. */
  readonly path?: readonly Pick<LedgerRow, 'seq' | 'previous' | 'hash' | 'text'>[];
  readonly sealedCopies: number;
  readonly signature: Pick<ExportClosing, 'key' | 'signature'>;
}

/** Everything that proves what was done with one item; signed as a whole. */
export async function evidencePack(store: Store, id: string, signer: Signer): Promise<EvidencePack> {
  const [item] = await store.items.byIds([id]);
  if (!item) throw new CodedError('NOT_FOUND', `There is no item ${id.slice(0, 100)}.`);
  const [rows, versions, roots, sealedCopies, now] = await Promise.all([
    store.ledger.ofItem(id, 1_000),
    store.items.versions([id]),
    readRoots(store, 4_000),
    store.records.count('evidence', { item: id }),
    store.now(),
  ]);
  const last = rows.at(-1)?.seq ?? 0;
  const root = roots.filter(({ seq }) => seq >= last).at(-1);
  const path = root && (await pathTo(store, rows[0]?.seq ?? 0, root.seq));
  const pack = {
    item: id,
    link: item.link,
    title: item.title,
    visibility: item.visibility,
    made: toRfc3339(now),
    rows,
    versions: [...(versions.get(id) ?? [])]
      .reverse()
      .map(({ at, hash, kind }) => ({ at: toRfc3339(at), hash, kind })),
    ...(root && { root }),
    ...(path && { path }),
    sealedCopies,
  };
  const { key, signature } = signer.sign(pack);
  return { ...pack, signature: { key, signature } };
}

/** Longer ways to a root are in an export. */
const LONGEST_PATH = 2_000;

async function pathTo(store: Store, from: number, to: number): Promise<EvidencePack['path']> {
  if (from === 0 || to - from >= LONGEST_PATH) return undefined;
  const rows = await store.ledger.since(from - 1, to - from + 1);
  return rows.map(({ seq, previous, hash, text }) => ({ seq, previous, hash, text }));
}

const WORDS: Readonly<Record<string, string>> = {
  'item.fetched': 'Thu từ nguồn',
  'item.held': 'Giữ lại',
  'item.released': 'Phát ra',
  'item.trimmed': 'Phát rút gọn',
  'item.corrected': 'Bị cải chính',
  'item.hidden': 'Tạm ẩn',
  'item.removed': 'Gỡ khỏi mọi kênh',
  'item.restored': 'Bỏ lệnh gỡ',
  'source.missing': 'Không thấy ở nguồn',
  'source.seen': 'Lại thấy ở nguồn',
  'source.removed': 'Nguồn đã gỡ',
  'evidence.sealed': 'Niêm phong một bản',
  'evidence.opened': 'Mở bản niêm phong',
  'evidence.destroyed': 'Huỷ bản niêm phong',
  'complaint.received': 'Nhận phản ánh',
  'complaint.answered': 'Trả lời phản ánh',
};

/** A page to print: what happened, when, by whom, and how to verify it without us. */
export function renderEvidence(pack: EvidencePack): string {
  const rows = pack.rows.map(row => {
    const { type, actor, details } = JSON.parse(row.text) as {
      type: string;
      actor: string;
      details?: object;
    };
    return html`<tr><td>${row.seq}</td><td>${toReadable(row.at)}</td><td>${WORDS[type] ?? type}<br><small>${actor}</small></td><td><small>${JSON.stringify(details ?? {})}</small></td><td><small>${row.hash.slice(0, 16)}…</small></td></tr>`;
  });
  const root = pack.root
    ? html`<p>Gốc đã ký ngày ${pack.root.day}: dòng ${pack.root.seq}, ${pack.root.hash}</p>`
    : html`<p>Chưa có gốc đã ký sau dòng cuối (gốc được ký khi hết ngày).</p>`;
  return html`<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Hồ sơ chứng cứ ${pack.item}</title>
<style>body{font:1rem/1.5 serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top}small{overflow-wrap:anywhere}</style></head><body>
<h1>Hồ sơ chứng cứ của một tin</h1>
<p><strong>${pack.title || '(đã xoá nội dung)'}</strong><br>${pack.item}<br>${pack.link}<br>Trạng thái: ${pack.visibility}. Lập lúc ${pack.made}. Bản niêm phong còn giữ: ${pack.sealedCopies}.</p>
<table><thead><tr><th>Dòng</th><th>Lúc</th><th>Việc</th><th>Chi tiết</th><th>Mã băm</th></tr></thead><tbody>${join(rows)}</tbody></table>
${root}
<h2>Cách kiểm chứng</h2><ol><li>Nếu có tệp JSON của hồ sơ này: lienthong evidence verify ho-so.json --key KHOÁ kiểm chữ ký, từng mã băm và chuỗi từ dòng đầu đến gốc đã ký.</li><li>Hoặc lấy bản xuất sổ cái: lienthong ledger export &gt; so-cai.jsonl</li><li>Kiểm: lienthong ledger verify so-cai.jsonl --roots roots.json (tệp roots.json giữ từ trước, hoặc lấy ở /ledger/roots.json)</li><li>Tìm các dòng trên trong bản xuất: cùng số, cùng mã băm.</li></ol>
<p>Sổ cái cho thấy mọi sửa đổi về sau, không ngăn được việc sửa.</p>
<details><summary>JSON</summary><pre>${JSON.stringify(pack, null, 2)}</pre></details></body></html>`.markup;
}
