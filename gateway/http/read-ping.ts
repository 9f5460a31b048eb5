import { Parser } from 'htmlparser2';
import { CodedError } from '../../schemas/errors.ts';

/** What an update-services ping says: `weblogUpdates.ping(name, url)`, `extendedPing(name, url, changed, feed)`. */
export interface Ping {
  readonly method: 'weblogUpdates.ping' | 'weblogUpdates.extendedPing';
  readonly params: readonly string[];
}

/** A ping names a blog and up to three addresses. */
const MOST_PARAMS = 5;
const LONGEST = 2_000;

/** Reads an XML-RPC call (xmlrpc.com/spec) as far as pings go. Throws BAD_INPUT for anything else. */
export function readPing(xml: string): Ping {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw notPing();
  const params: string[] = [];
  let method = '';
  let path: string[] = [];
  let text = '';
  const parser = new Parser(
    {
      onopentag(name) {
        path = [...path, name].slice(-20);
        if (name === 'value' || name === 'methodName') text = '';
      },
      ontext(part) {
        if (text.length < LONGEST) text += part;
      },
      onclosetag(name) {
        path = path.slice(0, -1);
        if (name === 'methodName') method = text.trim();
        if (name === 'value' && path.at(-1) === 'param' && params.length < MOST_PARAMS)
          params.push(text.trim());
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  if (method !== 'weblogUpdates.ping' && method !== 'weblogUpdates.extendedPing') throw notPing();
  if (params.length < 2) throw notPing();
  return { method, params };
}

/** The addresses a ping names. */
export function addressesOf({ params }: Ping): readonly URL[] {
  return params
    .slice(1)
    .flatMap(param => (/^https?:\/\//i.test(param) && URL.canParse(param) ? [new URL(param)] : []));
}

/** XML-RPC's own answer; nothing of what was sent stands in it. */
export function pingAnswer(failed: boolean, message: string): string {
  return `<?xml version="1.0"?>
<methodResponse><params><param><value><struct>
<member><name>flerror</name><value><boolean>${failed ? 1 : 0}</boolean></value></member>
<member><name>message</name><value><string>${message}</string></value></member>
</struct></value></param></params></methodResponse>
`;
}

function notPing(): CodedError {
  return new CodedError('BAD_INPUT', 'This is no weblogUpdates.ping.');
}
