import { openSeededServices } from '../e2e/seeded-services.ts';
import { nothingLeaks } from './leaks.conformance.ts';

nothingLeaks(federation => openSeededServices(federation));
