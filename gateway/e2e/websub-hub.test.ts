import { websubHubConforms } from './websub-hub.conformance.ts';

websubHubConforms(async () => undefined);
