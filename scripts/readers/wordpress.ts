import { startWordPress } from '../wordpress/start.ts';
import { type Complaint, compareIds, type FeedDocument, type Reader } from './reader.ts';

/** What WordPress' RSS widget and block do: `fetch_feed`, SimplePie behind it. */
const FETCH = `
add_filter('http_request_host_is_external', fn() => true);
add_filter('block_local_requests', fn() => false);
add_filter('http_allowed_safe_ports', fn($ports) => array_merge($ports, [$args['port']]));
add_filter('wp_feed_cache_transient_lifetime', fn() => 0);
$answers = [];
foreach ($args['urls'] as $url) {
  $feed = fetch_feed($url);
  if (is_wp_error($feed)) { $answers[] = ['error' => $feed->get_error_message(), 'items' => []]; continue; }
  $feed->enable_order_by_date(false);
  $items = array_map(fn($item) => [$item->get_id(), $item->get_date('U'), $item->get_permalink()], $feed->get_items());
  $answers[] = ['error' => null, 'items' => $items];
}
return $answers;
`;

interface Answer {
  readonly error: string | null;
  readonly items: readonly (readonly [id: string, time: string | null, link: string | null])[];
}

export const wordpress: Reader = {
  name: 'WordPress',
  kinds: ['atom', 'rss'],
  async read(documents) {
    const site = await startWordPress();
    try {
      const port = Number(new URL(documents[0]?.url ?? site.url).port);
      const args = { urls: documents.map(({ url }) => url), port };
      const answers = (await site.php(FETCH, args)) as readonly Answer[];
      return documents.flatMap((document, i) => judge(document, answers[i]));
    } finally {
      await site.stop();
    }
  },
};

function judge(document: FeedDocument, answer: Answer | undefined): readonly Complaint[] {
  const say = (message: string): Complaint => ({ document: document.name, message });
  if (!answer || answer.error !== null) return [say(answer?.error ?? 'no answer')];
  const ids = answer.items.map(([id]) => id);
  return [
    ...compareIds(document, ids),
    ...answer.items.flatMap(([id, time, link]) => [
      ...(time === null ? [say(`no time in ${id}`)] : []),
      ...(link === null ? [say(`no link in ${id}`)] : []),
    ]),
  ];
}
