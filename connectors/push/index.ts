import type { Entry } from '../../schemas/entry.ts';
import type { Format } from '../../schemas/formats/format.ts';
import type { Connector } from '../connector.ts';
import { options, type PushOptions } from './options.ts';
import { type PushInput, readItem } from './read-item.ts';

/** A site that tells by itself, signed: `POST /push/<site>`. */
export function pushConnector(formats: readonly Format[]): Connector<PushOptions, PushInput, Entry> {
  return {
    id: 'push',
    title: { vi: 'Trang tự đẩy tin (ký)', en: 'Signed push' },
    summary: {
      vi: 'Trang thành phần tự gửi tin mới, đính chính và lệnh gỡ tới /push/<trang>, có chữ ký; không cần hỏi trang.',
      en: 'The site sends new items, corrections and withdrawals to /push/<site> by itself, signed; it is never asked.',
    },
    options,
    example: { secret: `whsec_${'A'.repeat(43)}=` },
    read: input => readItem(input, formats),
    async *harvest({ checkpoint }, { signal }) {
      signal.throwIfAborted();
      // Nothing to ask: that it rests is all there is to tell.
      yield { entries: [], checkpoint: checkpoint ?? { v: 1 } };
    },
    async *receive({ body, url }, { checkpoint }, { read }) {
      yield { entries: [await read({ body, url })], checkpoint: checkpoint ?? { v: 1 } };
    },
    pushSecrets: ({ secret, previousSecret }) =>
      previousSecret === undefined ? [secret] : [secret, previousSecret],
  };
}
