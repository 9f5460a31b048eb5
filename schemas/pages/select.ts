import { type Options as SelectOptions, selectAll, selectOne } from 'css-select';
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

/**
 * Elements inside the root that a checked selector finds, in the page's order. As jQuery's `find`: the selector may begin
 * above the root (`.item a` inside an `.item`); `:scope` and a leading `>` are the root itself.
 */
export function selectIn(root: Document | Element, selector: string): Element[] {
  return selectAll<AnyNode, Element>(selector, root.children, contextOf(root, selector));
}

export function selectFirst(root: Document | Element, selector: string): Element | undefined {
  return selectOne<AnyNode, Element>(selector, root.children, contextOf(root, selector)) ?? undefined;
}

/** Naming a context makes every selector relative to it; so would leaving the default. */
function contextOf(root: Document | Element, selector: string): SelectOptions<AnyNode, Element> {
  return /:scope|^\s*[>+~]|,\s*[>+~]/.test(selector) ? { context: root } : { relativeSelector: false };
}
