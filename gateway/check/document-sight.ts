import { decode } from '../../schemas/formats/decode.ts';
import type { DocumentSight } from '../../schemas/rules/facts.ts';
import type { Received } from './read-document.ts';

/** A document as rules about feeds see it. What is valid UTF-8 and not declared otherwise is UTF-8, ASCII too. */
export function documentSight(received: Received, notModified: boolean | undefined): DocumentSight {
  const { status, headers, body } = received;
  const { text, encoding } = decode(body, received);
  const contentType = headers['content-type'];
  const http = /;\s*charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(contentType?.slice(0, 500) ?? '')?.[1];
  const declared = /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{1,40})/i.exec(
    text.slice(0, 2_048),
  )?.[1];
  const isUtf8 = isValidUtf8(body);
  return {
    status,
    ...(contentType !== undefined && { contentType }),
    charset: {
      ...(http !== undefined && { http }),
      ...(declared !== undefined && { declared }),
      used: isUtf8 ? 'utf-8' : encoding,
    },
    text,
    ...(notModified !== undefined && { notModified }),
  };
}

function isValidUtf8(body: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
    return true;
  } catch {
    return false;
  }
}
