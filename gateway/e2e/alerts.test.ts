import { alertsConform } from './alerts.conformance.ts';

alertsConform(async () => undefined);
