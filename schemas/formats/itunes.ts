import { all, attribute, textOf, type XmlElement } from './xml.ts';

/** Categories may hold categories; keywords stand in one string between commas. */
export function itunesCategories(parent: XmlElement): string[] {
  const nested = all(parent, 'itunes', 'category').flatMap(element => [
    element,
    ...all(element, 'itunes', 'category'),
  ]);
  const words = all(parent, 'itunes', 'keywords').flatMap(element => (textOf(element) ?? '').split(','));
  return [...nested.map(element => attribute(element, 'text') ?? textOf(element) ?? ''), ...words];
}
