import { freshDatabase } from './fresh-database.ts';
import { webhooksConform } from './webhooks.conformance.ts';

webhooksConform(freshDatabase);
