import { openSeededServer } from '../e2e/seeded-server.ts';
import { itemPagesConform } from './item-routes.conformance.ts';

itemPagesConform(() => openSeededServer());
