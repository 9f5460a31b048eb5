import { openSeededServer } from '../e2e/seeded-server.ts';
import { windowConforms } from './window.conformance.ts';

windowConforms(() => openSeededServer());
