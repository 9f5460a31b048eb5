import { z } from 'zod';
import { isWebhookSecret, WEBHOOK_SECRET_WORDS } from '../../schemas/webhook-secret.ts';

const secret = z.string().refine(isWebhookSecret, { error: WEBHOOK_SECRET_WORDS });

export const options = z.strictObject({
  secret: secret.describe(
    'What the site signs with, as Standard Webhooks, from the environment: "${KEY}" (khoá trang dùng để ký).',
  ),
  previousSecret: secret
    .optional()
    .describe('The old one, still taken while the site changes over (khoá cũ trong lúc đổi khoá).'),
});
export type PushOptions = z.output<typeof options>;
