import { openSeededServer } from '../e2e/seeded-server.ts';
import { nulIsRefused } from './refuse-nul.conformance.ts';

nulIsRefused(() => openSeededServer());
