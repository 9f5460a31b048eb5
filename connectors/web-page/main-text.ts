import { getOuterHTML } from 'domutils';
import { picturesIn } from '../../schemas/pages/image.ts';
import { type Document, elementsIn, parsePage } from '../../schemas/pages/tree.ts';
import type { Content } from './content.ts';

/** Elements of a page that is still worth looking through; Firefox's reader stops at so many too. */
const MOST_ELEMENTS = 20_000;
/** Characters: less is a caption or a notice. */
const SHORTEST = 140;

/** The main text of an article's page, as Firefox's reader view finds it. Undefined where there is none to be seen. */
export async function mainText(tree: Document, base: string): Promise<Omit<Content, 'missed'> | undefined> {
  let elements = 0;
  for (const _ of elementsIn(tree)) if (++elements > MOST_ELEMENTS) return undefined;
  // Loaded when first wanted: they would double the time that a reading thread takes to start.
  const [{ Readability }, { parseHTML }] = await Promise.all([
    import('@mozilla/readability'),
    import('linkedom'),
  ]);
  // Another tree, because the reader takes its own apart.
  const { document } = parseHTML(getOuterHTML(tree));
  const article = new Readability(document as never, {
    maxElemsToParse: MOST_ELEMENTS,
    charThreshold: SHORTEST,
    disableJSONLD: true,
  }).parse();
  const html = article?.content;
  if (!html || (article.length ?? 0) < SHORTEST) return undefined;
  return { html, pictures: picturesIn(parsePage(html), base, 20) };
}
