import { openSeededServices } from '../e2e/seeded-services.ts';
import { accessConforms } from './access.conformance.ts';

accessConforms(() => openSeededServices());
