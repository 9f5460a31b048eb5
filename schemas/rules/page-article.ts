import type { PageFacts } from './page-facts.ts';

/** The page's `NewsArticle` or `Article`, of its JSON-LD. */
export function articleOf(page: PageFacts): Readonly<Record<string, unknown>> | undefined {
  return page.jsonLd.find(block => {
    const types: readonly unknown[] = Array.isArray(block['@type']) ? block['@type'] : [block['@type']];
    return types.some(
      type =>
        typeof type === 'string' &&
        /^(?:\w{0,40}NewsArticle|Article|ReportageNewsArticle|BlogPosting)$/.test(type),
    );
  });
}

/** When the page says it was published, as written. */
export function publishedOf(page: PageFacts): string | undefined {
  return said(page, 'datePublished', [
    'article:published_time',
    'datepublished',
    'pubdate',
    'dc.date.issued',
    'dcterms.issued',
  ]);
}

/** When the page says it was last changed, as written. */
export function modifiedOf(page: PageFacts): string | undefined {
  return said(page, 'dateModified', [
    'article:modified_time',
    'og:updated_time',
    'datemodified',
    'last-modified',
    'dc.date.modified',
    'dcterms.modified',
  ]);
}

function said(page: PageFacts, property: string, names: readonly string[]): string | undefined {
  const value = articleOf(page)?.[property];
  if (typeof value === 'string' && value !== '') return value;
  return page.metas.find(({ name, content }) => names.includes(name) && content.trim() !== '')?.content;
}
