import type { DecodedDocument } from '../format.ts';
import { rootOf } from '../root.ts';

export function detect(document: DecodedDocument): boolean {
  const root = rootOf(document.text);
  if (root?.name !== 'channel') return root?.name === 'rss';
  return root.ns === 'rss' || (root.written === 'channel' && !/\shref\s*=/i.test(root.tag));
}
