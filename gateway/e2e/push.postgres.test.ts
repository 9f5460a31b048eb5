import { postgresPlace } from './postgres-place.ts';
import { pushConforms } from './push.conformance.ts';

pushConforms(postgresPlace);
