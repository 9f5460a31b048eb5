import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { Item } from '../../schemas/item.ts';
import type { FullText, SealedCopy } from '../../schemas/records.ts';

/** DER of X25519 keys (RFC 8410) before their 32 raw bytes. */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const PUBLIC = 'ltpub_';

/** What was erased, as only the holder of the evidence key can read it. */
export interface Evidence {
  readonly item: Item;
  readonly full?: FullText;
}

/**
 * Encrypts to `LIENTHONG_EVIDENCE_KEY`: a public key made by `lienthong evidence keygen` (the gateway can then seal and not
 * open), or any long secret. X25519 with a key of its own for each copy, HKDF-SHA-256, AES-256-GCM.
 */
export function sealer(evidenceKey: string): (evidence: Evidence) => SealedCopy {
  const recipient = publicOf(evidenceKey);
  return evidence => {
    const own = generateKeyPairSync('x25519');
    const publicKey = rawPublic(own.publicKey);
    const { key, iv } = derive(
      diffieHellman({ privateKey: own.privateKey, publicKey: recipient }),
      publicKey,
    );
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const text = Buffer.concat([cipher.update(JSON.stringify(evidence), 'utf8'), cipher.final()]);
    return {
      publicKey,
      recipient: rawPublic(recipient),
      text: text.toString('base64'),
      tag: cipher.getAuthTag().toString('base64'),
    };
  };
}

/** Throws when the secret is not the one it was sealed to, or a byte was changed. */
export function openSealed({ publicKey, text, tag }: SealedCopy, secret: string): Evidence {
  const privateKey = privateOf(secret);
  const shared = diffieHellman({ privateKey, publicKey: fromRaw(publicKey) });
  const { key, iv } = derive(shared, publicKey);
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(Buffer.from(tag, 'base64'));
  const plain = Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]);
  return JSON.parse(plain.toString('utf8')) as Evidence;
}

/** A pair for somebody who keeps the secret away from the gateway. */
export function makeEvidenceKey(secret: string): { readonly secret: string; readonly publicKey: string } {
  return { secret, publicKey: PUBLIC + rawPublic(createPublicKey(privateOf(secret))) };
}

function publicOf(evidenceKey: string): KeyObject {
  if (evidenceKey.startsWith(PUBLIC)) return fromRaw(evidenceKey.slice(PUBLIC.length));
  return createPublicKey(privateOf(evidenceKey));
}

function privateOf(secret: string): KeyObject {
  const seed = createHash('sha256').update(`lien-thong evidence ${secret}`).digest();
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

function fromRaw(raw: string): KeyObject {
  return createPublicKey({
    key: Buffer.concat([SPKI, Buffer.from(raw, 'base64url')]),
    format: 'der',
    type: 'spki',
  });
}

function rawPublic(key: KeyObject): string {
  return String(key.export({ format: 'jwk' }).x);
}

function derive(shared: Buffer, publicKey: string): { readonly key: Buffer; readonly iv: Buffer } {
  const bytes = Buffer.from(hkdfSync('sha256', shared, publicKey, 'lien-thong evidence', 44));
  return { key: bytes.subarray(0, 32), iv: bytes.subarray(32) };
}
