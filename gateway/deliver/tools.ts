import type { Log } from '../../connectors/connector.ts';
import type { Federation } from '../../schemas/federation.ts';
import type { SiteKind } from '../../schemas/site.ts';
import type { FeedDocument } from '../publish/answer.ts';
import type { Publishing } from '../publish/feed.ts';
import type { Store } from '../store/store.ts';
import type { CallbackFetch } from './callback-fetch.ts';
import type { Topic } from './topic.ts';

/** What delivering is handed. */
export interface DeliverTools {
  readonly store: Store;
  readonly federation: Federation;
  readonly fetch: CallbackFetch;
  readonly publishing: Publishing;
  /** Throws BAD_INPUT for a topic that is none of ours, or not any more. */
  readonly topicOf: (url: string) => Topic;
  /** The topic's feed as of the log's head, made once for all its subscribers. */
  readonly feedOf: (topic: Topic) => Promise<FeedDocument>;
  readonly kindOf: (site: string) => SiteKind | undefined;
  readonly log: Log;
}
