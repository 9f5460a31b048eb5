import { described } from './subschema.ts';

/** The three scalars: what they mean, and the standard that says more. */
export const SCALAR_TEXTS = {
  DateTime: {
    description:
      "A moment, RFC 3339 to the second in Hanoi's time: `2026-11-22T08:30:00+07:00`. As an argument any RFC 3339 moment with a zone.",
    specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  },
  URL: {
    description: 'An absolute http or https address.',
    specifiedByURL: 'https://url.spec.whatwg.org/',
  },
  HTML: {
    description:
      'HTML cleaned by an allow-list: no script, no event handler, no style sheet, only http and https addresses.',
    specifiedByURL: 'https://html.spec.whatwg.org/',
  },
} as const;

/** Each subschema that uses a scalar carries its definition. */
export const DATE_TIME_SDL = definition('DateTime');
export const URL_SDL = definition('URL');
export const HTML_SDL = definition('HTML');

function definition(name: keyof typeof SCALAR_TEXTS): string {
  const { description, specifiedByURL } = SCALAR_TEXTS[name];
  return `${described(description)}\nscalar ${name} @specifiedBy(url: ${JSON.stringify(specifiedByURL)})\n`;
}
