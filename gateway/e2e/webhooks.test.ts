import { webhooksConform } from './webhooks.conformance.ts';

webhooksConform(async () => undefined);
