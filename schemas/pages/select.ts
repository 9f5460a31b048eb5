import { selectAll, selectOne } from 'css-select';
import type { AnyNode, Document, Element } from './tree.ts';

/** Why a text is no CSS selector; undefined when it is one. */
export function selectorFault(text: string): string | undefined {
  try {
    selectOne(text, []);
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message.replace(/\.$/, '') : String(thrown);
  }
}

/** Elements that a checked selector finds, in the page's order. `:scope` is the root. */
export function selectIn(root: Document | Element, selector: string): Element[] {
  const found: Element[] = selectAll<AnyNode, Element>(selector, root.children, { context: root });
  return found;
}

export function selectFirst(root: Document | Element, selector: string): Element | undefined {
  return selectOne<AnyNode, Element>(selector, root.children, { context: root }) ?? undefined;
}
