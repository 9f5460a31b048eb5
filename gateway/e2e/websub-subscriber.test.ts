import { onePlace } from './push.conformance.ts';
import { temporaryFolder } from './run-gateway.ts';
import { subscriberConforms } from './websub-subscriber.conformance.ts';

subscriberConforms(() => onePlace(temporaryFolder()));
