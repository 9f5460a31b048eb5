/** Standard Webhooks: "between 24 bytes (192 bits) and 64 bytes (512 bits)", base64 after `whsec_`. */
export const WEBHOOK_SECRET = { prefix: 'whsec_', least: 24, most: 64 } as const;

export function isWebhookSecret(text: string): boolean {
  if (!text.startsWith(WEBHOOK_SECRET.prefix)) return false;
  const coded = text.slice(WEBHOOK_SECRET.prefix.length);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(coded)) return false;
  const { length } = Buffer.from(coded, 'base64');
  return length >= WEBHOOK_SECRET.least && length <= WEBHOOK_SECRET.most;
}

/** What is wrong with one that isn't, for operators. */
export const WEBHOOK_SECRET_WORDS = `phải là whsec_ và ${WEBHOOK_SECRET.least} đến ${WEBHOOK_SECRET.most} byte ngẫu nhiên viết bằng base64.`;
