import { openSeededServer } from '../e2e/seeded-server.ts';
import { archivesConform } from './archives.conformance.ts';

archivesConform(() => openSeededServer());
