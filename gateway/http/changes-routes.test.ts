import { openSeededServer } from '../e2e/seeded-server.ts';
import { changesConform } from './changes-routes.conformance.ts';

changesConform(() => openSeededServer());
