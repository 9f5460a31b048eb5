import type { Topic } from '../../schemas/federation.ts';
import { exact, words } from '../../schemas/fold.ts';

export interface Subject {
  readonly site: string;
  readonly title: string;
  readonly summary: string;
  readonly categories: readonly string[];
}

/** Which topics an item belongs to, by their ids, in the federation file's order. */
export type TopicFinder = (item: Subject) => string[];

/**
 * An item has a topic when its site is listed there, when one of its categories is, or when a keyword stands as whole words,
 * accents and all, in its title or summary. What is asked of each item is prepared once for all.
 */
export function topicFinder(topics: readonly Topic[]): TopicFinder {
  const prepared = topics.map(({ id, sites, categories, keywords }) => ({
    id,
    sites: new Set(sites),
    categories: new Set(categories.map(phrase)),
    keywords: keywords.map(phrase).filter(keyword => keyword.trim() !== ''),
  }));
  if (prepared.length === 0) return () => [];
  const hasKeywords = prepared.some(({ keywords }) => keywords.length > 0);
  const phrases = new Map<string, string>();
  return ({ site, title, summary, categories }) => {
    const named = categories.map(one => remembered(phrases, one));
    const text = hasKeywords ? `${phrase(title)}\n${phrase(summary)}` : '';
    const has = (topic: (typeof prepared)[number]) =>
      topic.sites.has(site) ||
      named.some(one => topic.categories.has(one)) ||
      topic.keywords.some(keyword => text.includes(keyword));
    return prepared.filter(has).map(({ id }) => id);
  };
}

/** A document's entries share their few categories. */
function remembered(phrases: Map<string, string>, category: string): string {
  const known = phrases.get(category) ?? phrase(category);
  phrases.set(category, known);
  return known;
}

/** Words with one blank around each, so that a phrase is only ever found as whole words; equal for two spellings of one. */
export function phrase(text: string): string {
  return ` ${words(exact(text)).join(' ')} `;
}
