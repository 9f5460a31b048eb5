import { openSeededServer } from '../e2e/seeded-server.ts';
import { feedsConform } from './feed-routes.conformance.ts';

feedsConform(() => openSeededServer());
