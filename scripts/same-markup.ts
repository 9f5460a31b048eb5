import { Parser } from 'htmlparser2';

/** Do two pieces of HTML say the same, however they spell entities, quotes, case and the end of empty elements? */
export function sameMarkup(one: string, other: string): boolean {
  return tokens(one) === tokens(other);
}

function tokens(html: string): string {
  const found: string[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') found.push(JSON.stringify(text.replace(/\s+/g, ' ')));
    text = '';
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      flush();
      const sorted = Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));
      found.push(`<${name} ${JSON.stringify(sorted)}>`);
    },
    ontext(part) {
      text += part;
    },
    onclosetag(name) {
      flush();
      found.push(`</${name}>`);
    },
    oncomment(comment) {
      flush();
      found.push(`<!--${comment}`);
    },
  });
  parser.end(html);
  flush();
  return found.join('\n');
}
