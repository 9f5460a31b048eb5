import { postgresPlace } from './postgres-place.ts';
import { subscriberConforms } from './websub-subscriber.conformance.ts';

subscriberConforms(postgresPlace);
