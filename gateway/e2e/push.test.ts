import { onePlace, pushConforms } from './push.conformance.ts';
import { temporaryFolder } from './run-gateway.ts';

pushConforms(() => onePlace(temporaryFolder()));
