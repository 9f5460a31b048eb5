import { deliveriesSurvive } from './deliveries-survive.conformance.ts';
import { postgresPlace } from './postgres-place.ts';

deliveriesSurvive(postgresPlace);
