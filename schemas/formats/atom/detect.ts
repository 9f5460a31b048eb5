import type { DecodedDocument } from '../format.ts';
import { rootOf } from '../root.ts';

export function detect(document: DecodedDocument): boolean {
  const root = rootOf(document.text);
  return root?.name === 'feed' || (root?.name === 'entry' && root.ns === 'atom');
}
