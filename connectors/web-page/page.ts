import { decode } from '../../schemas/formats/decode.ts';
import type { Json } from '../../schemas/json-map/json-path.ts';
import { embeddedData } from '../../schemas/pages/embedded-data.ts';
import { baseOf, type Document, parsePage } from '../../schemas/pages/tree.ts';
import type { WebPageOptions } from './options.ts';
import type { Input } from './reading.ts';

/** A page, decoded and made a tree. */
export interface Page {
  readonly tree: Document;
  readonly url: string;
  /** What its references are relative to. */
  readonly base: string;
  readonly text: string;
  /** Its embedded data, read when first asked for. */
  data(): Json | undefined;
}

export function openPage(
  input: Pick<Input, 'body' | 'url' | 'headers' | 'legacyText'>,
  { data: place }: WebPageOptions,
): Page {
  const { body, url, headers, legacyText } = input;
  const { text } = decode(body, { url, headers, ...(legacyText && { legacyText }) });
  const tree = parsePage(text);
  let data: { readonly value: Json | undefined } | undefined;
  return {
    tree,
    url,
    base: baseOf(tree, url),
    text,
    data() {
      data ??= { value: embeddedData(tree, place) };
      return data.value;
    },
  };
}
