import { ARTICLES, type Article } from './articles.example.ts';
import { BACKGROUNDS, filledIn, NOTICES } from './notices.example.ts';
import { asPublished, RE_POSTS } from './re-posts.example.ts';
import type { Telling } from './reading.ts';

/** Two items of different sites, and whether they tell the same news. */
export interface LabelledPair {
  readonly kind: string;
  readonly same: boolean;
  readonly one: Telling;
  readonly other: Telling;
}

/** Thresholds were chosen on `tuning`; `heldOut`, made of other texts and templates, was only looked at afterwards. */
export function labelledPairs(part: 'tuning' | 'heldOut'): readonly LabelledPair[] {
  const articles = halfOf(ARTICLES, part);
  const notices = halfOf(NOTICES, part);
  const [background] = halfOf(BACKGROUNDS, part);
  return [
    ...articles.flatMap(article => [...rePosts(article), ...otherFigures(article), ...otherNames(article)]),
    ...articles.flatMap((article, index) => roundUp(article, articles, index)),
    ...pairsOf(articles).map(([a, b]) => different('other news', asPublished(a), asPublished(b))),
    ...notices.flatMap(notice =>
      pairsOf(notice.fillings).map(([a, b]) =>
        different('one template', filledIn(notice, a), filledIn(notice, b)),
      ),
    ),
    ...(background
      ? pairsOf(background.reports.map(report => onBackground(background.background, report)))
      : []
    ).map(([a, b]) => different('one background', a, b)),
  ];
}

function halfOf<T>(all: readonly T[], part: 'tuning' | 'heldOut'): T[] {
  return all.filter((_one, index) => (index % 2 === 0) === (part === 'tuning'));
}

function rePosts(article: Article): LabelledPair[] {
  return Object.entries(RE_POSTS).map(([kind, rePost]) => ({
    kind,
    same: true,
    one: asPublished(article),
    other: rePost(article),
  }));
}

const different = (kind: string, one: Telling, other: Telling): LabelledPair => ({
  kind,
  same: false,
  one,
  other,
});

const NAMES = 'Minh Khai Quang Sơn Đức Thọ Bình Lộc Hải Triều Cẩm Vân Long Xuyên Ngọc Hà'.split(' ');
/** A text with fewer figures or names is the same news with a slip, and labelled neither way. */
const TELLING = 6;

/** The same press release a year later: every number is another. */
function otherFigures(article: Article): LabelledPair[] {
  return replaced('other figures', article, /\d[\d.,]*/g, number =>
    number.replace(/\d/g, digit => String((Number(digit) + 3) % 10)),
  );
}

/** The same words of another place and other people. */
function otherNames(article: Article): LabelledPair[] {
  return replaced('other names', article, /(?<=[\p{Ll}\d,] )\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)*/gu, names =>
    names
      .split(' ')
      .map(name => NAMES[(name.length * 7 + (name.codePointAt(1) ?? 0)) % NAMES.length])
      .join(' '),
  );
}

function replaced(
  kind: string,
  article: Article,
  what: RegExp,
  by: (found: string) => string,
): LabelledPair[] {
  const one = asPublished(article);
  if ((one.contentText.match(what) ?? []).length < TELLING) return [];
  const change = (text: string) => text.replace(what, by);
  const other = {
    title: change(one.title),
    summary: change(one.summary),
    contentText: change(one.contentText),
  };
  return [different(kind, one, other)];
}

/** A week's round-up with the article whole between four others is not the article. */
function roundUp(article: Article, all: readonly Article[], index: number): LabelledPair[] {
  if (index % 3 !== 0) return [];
  const others = all.filter(one => one !== article).slice(0, 4);
  const contentText = [...others.slice(0, 2), article, ...others.slice(2)]
    .map(one => `${one.summary} ${one.paragraphs.join(' ')}`)
    .join(' ');
  const round = { title: 'Điểm báo tuần: những tin đáng chú ý', summary: '', contentText };
  return [different('in a round-up', asPublished(article), round)];
}

function onBackground(background: string, [title, report]: readonly [string, string]): Telling {
  return { title, summary: '', contentText: `${report} ${background}` };
}

function pairsOf<T>(all: readonly T[]): [T, T][] {
  return all.flatMap((one, index) => all.slice(index + 1).map((other): [T, T] => [one, other]));
}
