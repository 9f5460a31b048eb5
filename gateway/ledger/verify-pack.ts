import { linkHash } from '../../schemas/ledger-chain.ts';
import { checkSignature } from '../../schemas/ledger-export.ts';
import type { Bilingual } from '../../schemas/text.ts';
import type { EvidencePack } from './evidence-pack.ts';

/**
 * What is wrong with an evidence pack; empty: nothing. Needs nothing but the pack and the public keys: its signature, each
 * row's hash, and the chain from the item's first row to the signed root.
 */
export function verifyPack(pack: EvidencePack, keys?: readonly string[]): Bilingual[] {
  const found: Bilingual[] = [];
  const tell = (vi: string, en: string) => found.push({ vi, en });
  const { signature, rows, root, path } = pack;
  const { signature: _signature, ...signed } = pack;
  if (!checkSignature({ ...signed, ...signature }, keys))
    tell('Chữ ký hồ sơ không đúng.', 'The signature of the pack is not right.');
  for (const { seq, previous, hash, text } of rows)
    if (linkHash(previous, seq, text) !== hash)
      tell(`Nội dung dòng ${seq} đã bị sửa.`, `The content of row ${seq} was changed.`);
  if (!root) return found;
  if (!checkSignature(root, keys))
    tell(`Gốc ngày ${root.day}: chữ ký không đúng.`, `Root of ${root.day}: wrong signature.`);
  if (path) checkPath(path, pack, tell);
  return found;
}

function checkPath(
  path: NonNullable<EvidencePack['path']>,
  { rows, root }: EvidencePack,
  tell: (vi: string, en: string) => void,
): void {
  const hashes = new Map(path.map(({ seq, hash }) => [seq, hash]));
  path.forEach(({ seq, previous, hash, text }, index) => {
    const before = path[index - 1];
    const follows = !before || (before.seq + 1 === seq && before.hash === previous);
    if (!follows || linkHash(previous, seq, text) !== hash)
      tell(`Chuỗi đứt ở dòng ${seq}.`, `The chain is broken at row ${seq}.`);
  });
  for (const { seq, hash } of rows)
    if (hashes.get(seq) !== hash)
      tell(`Dòng ${seq} không có trong chuỗi.`, `Row ${seq} is not in the chain.`);
  const end = path.at(-1);
  if (end?.seq !== root?.seq || end?.hash !== root?.hash)
    tell('Chuỗi không dẫn đến gốc đã ký.', 'The chain does not lead to the signed root.');
}
