import { freshDatabase } from './fresh-database.ts';
import { websubHubConforms } from './websub-hub.conformance.ts';

websubHubConforms(freshDatabase);
