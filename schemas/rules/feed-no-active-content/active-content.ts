import { parseHtml } from '../../pages/parse-html.ts';

const ELEMENTS = new Set(['script', 'object', 'embed', 'form', 'base', 'applet']);

/** Which kinds of active content a piece of HTML has, by name: `script`, `on*`, `javascript:`. */
export function activeContent(html: string, mayFrame: (src: string) => boolean): string[] {
  const kinds = new Set<string>();
  const handler = {
    onopentag(name: string, attributes: Readonly<Record<string, string>>) {
      if (ELEMENTS.has(name)) kinds.add(name);
      if (name === 'iframe' && !mayFrame(attributes.src ?? '')) kinds.add('iframe');
      if (name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'refresh') kinds.add('meta refresh');
      for (const [attribute, value] of Object.entries(attributes)) {
        if (/^on[a-z]/.test(attribute)) kinds.add('on*');
        // Browsers drop blanks and controls inside a scheme.
        const bare = value
          .slice(0, 200)
          .replace(/[\s\p{Cc}]/gu, '')
          .toLowerCase();
        if (bare.startsWith('javascript:')) kinds.add('javascript:');
        if (bare.startsWith('data:text/html')) kinds.add('data:text/html');
      }
    },
  };
  parseHtml(html, handler, 1_000_000);
  return [...kinds];
}
