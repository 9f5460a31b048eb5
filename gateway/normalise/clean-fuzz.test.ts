import { describe, expect, it } from '@jest/globals';
import { randomNumbers } from '../e2e/random-numbers.ts';
import { cleanHtml } from './clean-html.ts';
import { ALLOWED_TAGS } from './clean-tags.ts';
import { faultsOf } from './sound-html.example.ts';

const base = 'https://bao.example.vn/tin/';

const TAGS = [
  ...ALLOWED_TAGS,
  ...'script style svg math iframe form select option textarea title noscript template object embed section font span o:p base meta center'.split(
    ' ',
  ),
];
const ATTRIBUTES = [
  'href="/a"',
  'href="javascript:alert(1)"',
  "href='java&#9;script:1'",
  'src=x.jpg',
  'src="data:image/png;base64,AA"',
  'data-src="//cdn.example/a.png?w=1&amp;h=2"',
  'srcset="a.jpg 1x, b.jpg 2x"',
  'onerror=alert(1)',
  'style="display:none"',
  'class="wp-caption caption"',
  'alt="&quot;><b>"',
  'title="a\u0338&lt;"',
  'colspan=2',
  'width=300',
  'lang=vi',
  'hidden',
  '"',
  '=',
  '/',
];
const TEXTS = [
  'chữ',
  ' ',
  '\n',
  '&nbsp;',
  '&amp;',
  '&lt;b&gt;',
  '<',
  '>',
  '&',
  '"',
  "'",
  '\u0338',
  '\u0301',
  'e\u0301',
  '\ud800',
  '\u0000',
  '\u200b',
  '&#0;',
  '&#x338;',
  '&#xd800;',
  ']]>',
  '-->',
  '<!--',
  '<![CDATA[',
  '<!DOCTYPE x>',
  '<?x?>',
  '`',
  '\r\n',
  'a'.repeat(20),
];

function document(next: () => number): string {
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? '';
  const piece = (): string => {
    const kind = next();
    if (kind < 0.35) return pick(TEXTS);
    if (kind < 0.6) return `</${pick(TAGS)}${next() < 0.05 ? '' : '>'}`;
    const attributes = Array.from({ length: Math.floor(next() * 3) }, () => ` ${pick(ATTRIBUTES)}`).join('');
    return `<${pick(TAGS)}${attributes}${next() < 0.05 ? '/' : ''}${next() < 0.03 ? '' : '>'}`;
  };
  return Array.from({ length: 1 + Math.floor(next() * 40) }, piece).join('');
}

describe('whatever comes in', () => {
  const RUNS = Number(process.env.FUZZ_RUNS ?? 6_000);
  it('sound HTML comes out, and cleaning it again changes nothing', () => {
    const next = randomNumbers(Number(process.env.FUZZ_SEED ?? 20261123));
    for (let run = 0; run < RUNS; run++) {
      const hostile = document(next);
      const { html } = cleanHtml(hostile, { base });
      const again = cleanHtml(html, { base }).html;
      const faults = faultsOf(html);
      if (faults.length > 0 || again !== html) {
        expect({ hostile, html, faults, again }).toEqual({ hostile, html, faults: [], again: html });
      }
    }
    expect.assertions(0);
  });

  it('its text holds the words that readers see', () => {
    const next = randomNumbers(7);
    for (let run = 0; run < 500; run++) {
      const words = Array.from({ length: 12 }, (_, index) => `chữ${run}x${index}`);
      const html = words
        .map(word => `<${next() < 0.5 ? 'p' : 'td'}>${word}<${next() < 0.5 ? 'b' : 'ul'}>`)
        .join('');
      expect(cleanHtml(html).text.split(/\s+/)).toEqual(words);
    }
  });
});
