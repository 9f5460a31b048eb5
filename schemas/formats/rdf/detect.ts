import type { DecodedDocument } from '../format.ts';
import { rootOf } from '../root.ts';

export function detect(document: DecodedDocument): boolean {
  return rootOf(document.text)?.name === 'rdf';
}
