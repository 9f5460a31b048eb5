import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CodedError } from '../../schemas/errors.ts';
import { type EvidencePack, evidencePack, renderEvidence } from '../ledger/evidence-pack.ts';
import { makeEvidenceKey, openSealed } from '../ledger/seal.ts';
import { openSigner } from '../ledger/signer.ts';
import { verifyPack } from '../ledger/verify-pack.ts';
import { oneMore } from './ledger.ts';
import type { Setting } from './setting.ts';

type Open = () => Setting;
type Done = (code: number) => void;

/** Proof of one item's life, and the sealed copies of what was erased. */
export function addEvidenceVerbs(program: Command, open: Open, done: Done): void {
  const evidence = program.command('evidence').description('proof of one item: its rows, hashes and times');
  evidence
    .command('pack <item>')
    .option('--json', 'for machines')
    .description('everything the ledger says of an item, as a printable page')
    .action(async (item: string, { json }: { json?: boolean }) => {
      const setting = open();
      const store = await setting.openStore();
      try {
        const { environment } = setting;
        const pack = await evidencePack(store, item, openSigner(environment.data, environment.ledgerKey));
        console.log(json ? JSON.stringify(pack, null, 2) : renderEvidence(pack));
        done(0);
      } finally {
        await store.close();
      }
    });
  evidence
    .command('verify <file>')
    .option('--key <key>', 'the public key that must have signed it, as /ledger/roots.json shows it', oneMore)
    .description('verify the JSON of a pack; needs nothing but the file')
    .action((file: string, { key }: { key?: readonly string[] }) => done(verifyFile(file, key)));
  evidence
    .command('keygen')
    .description('make a pair: the public half for LIENTHONG_EVIDENCE_KEY, the secret for a safe')
    .action(() => {
      const { secret, publicKey } = makeEvidenceKey(randomBytes(32).toString('base64url'));
      console.log(`LIENTHONG_EVIDENCE_KEY=${publicKey}\nsecret (keep it away from the gateway): ${secret}`);
      done(0);
    });
  evidence
    .command('open <item>')
    .requiredOption('--reason <text>', 'why, for the ledger')
    .option('--secret <file>', 'file with the secret; else LIENTHONG_EVIDENCE_KEY')
    .description('open the sealed copies of an erased item; the ledger tells of it')
    .action(async (item: string, options: { reason: string; secret?: string }) => {
      const setting = open();
      await openCopies(setting, item, options);
      done(0);
    });
}

function verifyFile(file: string, keys: readonly string[] | undefined): number {
  const pack = readPack(file);
  const found = verifyPack(pack, keys);
  for (const { vi, en } of found) console.log(`${vi} / ${en}`);
  if (found.length > 0) return 1;
  console.log(
    pack.root && pack.path
      ? `Nguyên vẹn: ${pack.rows.length} dòng, chuỗi dẫn đến gốc ngày ${pack.root.day}. / Intact, chained to the root of ${pack.root.day}.`
      : 'Chữ ký và mã băm đúng; chuỗi đến gốc không có trong hồ sơ, hãy đối chiếu với bản xuất. / Signature and hashes are right; the way to a root is not in the pack: compare with an export.',
  );
  return 0;
}

function readPack(file: string): EvidencePack {
  try {
    const pack = JSON.parse(readFileSync(file, 'utf8')) as EvidencePack;
    if (Array.isArray(pack.rows) && typeof pack.signature?.key === 'string') return pack;
  } catch (cause) {
    throw new CodedError('BAD_INPUT', `The file ${file} can't be read.`, { cause });
  }
  throw new CodedError('BAD_INPUT', `${file} is no evidence pack; make one with \`evidence pack --json\`.`);
}

async function openCopies(
  setting: Setting,
  item: string,
  { reason, secret }: { reason: string; secret?: string },
): Promise<void> {
  if (reason.trim().length < 3) throw new CodedError('BAD_INPUT', 'A reason is needed.');
  const key = secret === undefined ? setting.environment.evidenceKey : readFileSync(secret, 'utf8').trim();
  if (key === undefined || key.startsWith('ltpub_'))
    throw new CodedError('BAD_INPUT', 'The secret half of the evidence key is needed: --secret FILE.');
  const store = await setting.openStore();
  try {
    const copies = await store.records.find('evidence', { item, first: 20 });
    if (copies.length === 0)
      throw new CodedError('NOT_FOUND', `There is no sealed copy of ${item.slice(0, 100)}.`);
    const opened = copies.map(({ at, document }) => ({ at, ...unseal(document, key) }));
    await store.transaction(async tx =>
      tx.ledger.append({
        type: 'evidence.opened',
        actor: 'operator',
        item,
        details: { reasonGiven: reason, copies: copies.length },
      }),
    );
    console.log(JSON.stringify(opened, null, 2));
  } finally {
    await store.close();
  }
}

function unseal(document: Parameters<typeof openSealed>[0], key: string) {
  try {
    return openSealed(document, key);
  } catch (cause) {
    throw new CodedError('FORBIDDEN', 'The copy is sealed to another key.', { cause });
  }
}
