import { CodedError } from '../../schemas/errors.ts';
import { readArticle } from './article.ts';
import { marksOf, readList } from './list.ts';
import type { WebPageOptions } from './options.ts';
import { openPage } from './page.ts';
import type { Input, Reading } from './reading.ts';
import { readSitemapPage } from './sitemap.ts';

/** What the site sent → what it says. Runs in a thread that is killed when it takes too long. */
export async function read(input: Input, options: WebPageOptions): Promise<Reading> {
  try {
    if (input.kind === 'list') return { kind: 'list', ...readList(input, options) };
    if (input.kind === 'home') return { kind: 'home', marks: marksOf(openPage(input, options), []) };
    if (input.kind === 'sitemap') return { kind: 'sitemap', ...readSitemapPage(input, options) };
    return { kind: 'article', ...(await readArticle(input, options)) };
  } catch (thrown) {
    if (thrown instanceof CodedError) throw thrown;
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new CodedError('UNREADABLE', `The page could not be read: ${why.slice(0, 300)}`, { cause: thrown });
  }
}
