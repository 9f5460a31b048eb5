import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { CodedError } from '../../schemas/errors.ts';
import { signedText } from '../../schemas/ledger-export.ts';
import { secretFile } from '../secret-file.ts';

/** Signs daily roots and exports (Ed25519, RFC 8032). */
export interface Signer {
  /** Base64url of the raw public key. */
  readonly key: string;
  /** The given fields with `key` and `signature`. */
  sign<T extends object>(fields: T): T & { readonly key: string; readonly signature: string };
}

/** DER of an Ed25519 PKCS #8 key (RFC 8410) before its 32 raw bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The key of `LIENTHONG_LEDGER_KEY` (PEM, or any long secret), else the one in `<dataDir>/ledger-key`, made there when
 * there is none. Replicas on several machines need the variable, or each would sign with a key of its own.
 */
export function openSigner(dataDir: string, ledgerKey?: string): Signer {
  const secret = ledgerKey ?? secretFile(dataDir, 'ledger-key', () => randomBytes(32).toString('base64url'));
  const privateKey = secret.startsWith('-----BEGIN')
    ? readPem(secret)
    : createPrivateKey({
        key: Buffer.concat([PKCS8, createHash('sha256').update(`lien-thong ledger ${secret}`).digest()]),
        format: 'der',
        type: 'pkcs8',
      });
  const { x: key = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return {
    key,
    sign(fields) {
      const keyed = { ...fields, key };
      const signature = sign(null, Buffer.from(signedText(keyed)), privateKey).toString('base64url');
      return { ...keyed, signature };
    },
  };
}

/** Line ends may stand as `\\n`, as some environments write them. */
function readPem(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new CodedError('CONFIG_INVALID', "LIENTHONG_LEDGER_KEY can't be read as a PKCS #8 key.", { cause });
  }
  throw new CodedError('CONFIG_INVALID', 'LIENTHONG_LEDGER_KEY must be an Ed25519 key.');
}
