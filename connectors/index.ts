import type { Format } from '../schemas/formats/format.ts';
import type { Connector } from './connector.ts';
import { feedConnector } from './feed/index.ts';
import { graphqlConnector } from './graphql/index.ts';
import { jsonApiConnector } from './json-api/index.ts';
import { pushConnector } from './push/index.ts';
import { webPage } from './web-page/index.ts';
import { wordpress } from './wordpress/index.ts';

/** One line per connector. Those that read feeds are handed the formats. */
export function connectors(formats: readonly Format[]): readonly Connector[] {
  return [
    feedConnector(formats) as Connector, //
    graphqlConnector as Connector,
    jsonApiConnector as Connector,
    webPage as Connector,
    pushConnector(formats) as Connector,
    wordpress as Connector,
  ];
}
