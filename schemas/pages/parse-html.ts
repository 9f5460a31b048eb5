import { Parser } from 'htmlparser2';

type Handler = NonNullable<ConstructorParameters<typeof Parser>[0]>;

const CHUNK = 32_768;
/** The parser keeps open elements in a list that grows at its front: thousands of them cost quadratic time. */
const MAX_DEPTH = 3_000;

/** HTML through htmlparser2, in linear time: what is nested beyond any real page is left unread from there on. */
export function parseHtml(html: string, handler: Handler, most: number): void {
  let depth = 0;
  const parser = new Parser({
    ...handler,
    onopentag(name, attributes, implied) {
      depth++;
      handler.onopentag?.(name, attributes, implied);
    },
    onclosetag(name, implied) {
      depth--;
      handler.onclosetag?.(name, implied);
    },
  });
  const end = Math.min(html.length, most);
  for (let at = 0; at < end && depth < MAX_DEPTH; at += CHUNK)
    parser.write(html.slice(at, Math.min(at + CHUNK, end)));
  parser.end();
}
