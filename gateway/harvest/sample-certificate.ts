import { createSign, generateKeyPairSync } from 'node:crypto';

/** A certificate that vouches for itself, made on the spot: a test needs neither openssl nor a key in the repository. */
export function sampleCertificate(
  hostname: string,
  { from = '200101000000Z', until = '490101000000Z' } = {},
): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from(hostname)))));
  const altNames = sequence(der(0x82, Buffer.from(hostname)));
  const body = sequence(
    der(0xa0, integer(2)),
    integer(1),
    sequence(oid(ECDSA_SHA256)),
    name,
    sequence(der(0x17, Buffer.from(from)), der(0x17, Buffer.from(until))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid(ALT_NAMES), der(0x04, altNames)))),
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  const whole = sequence(body, sequence(oid(ECDSA_SHA256)), der(0x03, Buffer.from([0]), signature));
  // Signatures vary in length: when the last line is full, a blank one after it would spoil the certificate.
  const lines = whole.toString('base64').replace(/.{64}(?!$)/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

/** Object identifiers, encoded: 2.5.4.3, 1.2.840.10045.4.3.2, 2.5.29.17. */
const COMMON_NAME = [0x55, 0x04, 0x03];
const ECDSA_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const ALT_NAMES = [0x55, 0x1d, 0x11];

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Uint8Array[]): Buffer {
  return der(0x30, ...parts);
}

function oid(bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes));
}

function integer(value: number): Buffer {
  return der(0x02, Buffer.from([value]));
}
