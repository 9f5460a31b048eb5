import { alertsConform } from './alerts.conformance.ts';
import { freshDatabase } from './fresh-database.ts';

alertsConform(freshDatabase);
