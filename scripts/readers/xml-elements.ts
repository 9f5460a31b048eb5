import { SaxesParser } from 'saxes';

export interface Element {
  /** `{namespace}local`, without braces where there is no namespace. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  readonly line: number;
  /** The text directly inside. */
  text: string;
}

/** A strict tree; throws with the line at the first fault. */
export function parseElements(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], line: 1, text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', fault => {
    throw fault;
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const values = Object.values(attributes).map(({ name, value }) => [name, value] as const);
    const name = uri ? `{${uri}}${local}` : local;
    const line = parser.line;
    const element = { name, attributes: Object.fromEntries(values), children: [], line, text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  for (const event of ['text', 'cdata'] as const) {
    parser.on(event, text => {
      const inside = open.at(-1);
      if (inside) inside.text += text;
    });
  }
  parser.write(xml).close();
  const [document] = root.children;
  if (!document) throw new Error('no root element');
  return document;
}

export function childrenOf(element: Element, name: string): readonly Element[] {
  return element.children.filter(child => child.name === name);
}

export function everyElement(element: Element): readonly Element[] {
  return [element, ...element.children.flatMap(everyElement)];
}
