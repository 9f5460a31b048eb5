import { openSeededServer } from '../e2e/seeded-server.ts';
import { onceAStoryConforms } from './once-a-story.conformance.ts';

onceAStoryConforms(() => openSeededServer());
