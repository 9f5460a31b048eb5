import { hostOf } from './addresses.ts';
import type { JudgedItem } from './subject.ts';

/** `Nguồn: Báo A`, `(Theo Báo A)` at the end of a text. A heuristic: `Theo kế hoạch …` is no source. */
const SOURCE_LINE =
  /(?:^|[.!?\s("“])Nguồn\s?:\s?([^.\n()]{2,80})|\(\s?Theo\s+([^()\n]{2,80})\)|(?:^|[.!?"”]\s)Theo\s+((?:Báo|Tạp chí|TTXVN|VTV|VOV|VGP)[^.\n,]{0,60})\.?\s?$/u;
const NO_SOURCE = /^(?:internet|sưu tầm|tổng hợp|mạng|mạng xã hội|facebook|zalo)\b/iu;
const TIME = /\d{1,2}[:h]\d{2}|\d{1,2}[/-]\d{1,2}[/-]\d{4}/;

type Reusing = Pick<JudgedItem, 'origin' | 'contentText'>;

export function isReused(item: Reusing): boolean {
  const { title, link } = item.origin ?? {};
  return Boolean(title?.trim() || link?.trim()) || writtenSource(item) !== undefined;
}

/** Who a re-used item says it is from: as declared, else as written at its end. */
export function sourceName(item: Reusing): string | undefined {
  return item.origin?.title?.trim() || writtenSource(item);
}

export function namesNoSource(item: Reusing): boolean {
  const name = item.origin?.title ?? writtenSource(item);
  return name !== undefined && NO_SOURCE.test(name.normalize('NFC').trim());
}

/** What is known of the source: its name, a link to the article (not to a home page), its time. */
export function sourceOf(item: Reusing): {
  readonly name: boolean;
  readonly articleLink: boolean;
  readonly published: boolean;
} {
  const { title, link, published } = item.origin ?? {};
  const written = writtenSource(item);
  const path = link !== undefined && hostOf(link) !== undefined ? new URL(link).pathname : '/';
  return {
    name: Boolean(title?.trim()) || written !== undefined,
    articleLink: path !== '/',
    published: Boolean(published?.trim()) || (written !== undefined && TIME.test(written)),
  };
}

/** Only the end of a text can be its source line. */
function writtenSource({ contentText }: Reusing): string | undefined {
  const match = SOURCE_LINE.exec(contentText.normalize('NFC').slice(-400));
  return (match?.[1] ?? match?.[2] ?? match?.[3])?.trim();
}
