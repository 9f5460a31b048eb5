import { escapeAttribute } from '../../schemas/markup.ts';

/** Markup that is safe to send: only `html` makes it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

/** Template for HTML: every value is escaped for text and double-quoted attributes, except Html itself. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Html)[]): Html {
  const written = parts.map((part, i) => (i === 0 ? part : write(values[i - 1] ?? '') + part));
  return new Html(written.join(''));
}

export function join(pieces: readonly Html[]): Html {
  return new Html(pieces.map(piece => piece.markup).join(''));
}

function write(value: string | number | Html): string {
  if (value instanceof Html) return value.markup;
  // Attribute escaping also suits text; white space stays readable in the source.
  return escapeAttribute(String(value)).replace(/&#(?:10|xA);/g, '\n');
}
