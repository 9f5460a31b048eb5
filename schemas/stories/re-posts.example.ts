import { fold } from '../fold.ts';
import type { Article } from './articles.example.ts';
import type { Telling } from './reading.ts';

/** What sites do to an article when they re-post it. */
export type RePost = (article: Article) => Telling;

const whole = ({ summary, paragraphs }: Article) => [summary, ...paragraphs];
const posted = (title: string, paragraphs: readonly string[]): Telling => ({
  title,
  summary: '',
  contentText: paragraphs.join(' '),
});

export const asPublished = ({ title, summary, paragraphs }: Article): Telling => ({
  title,
  summary,
  contentText: paragraphs.join(' '),
});

const FRAME = [
  'Trung tâm xin giới thiệu tới bạn đọc bài viết đáng chú ý trên báo trong tuần qua về lĩnh vực mà đơn vị đang phụ trách.',
  'Mọi thông tin chi tiết xin liên hệ Trung tâm Dịch vụ việc làm, số 12 đường Trần Phú, điện thoại 0204.3856.112, thư điện tử ttdvvl@vieclam.example.gov.vn.',
  'Theo dõi fanpage và Zalo của đơn vị để nhận tin mới nhất. Nguồn: Báo A.',
];

export const RE_POSTS: Readonly<Record<string, RePost>> = {
  'word for word': asPublished,
  'another headline': article => posted(article.other, whole(article)),
  'without its lead': ({ title, paragraphs }) => posted(title, paragraphs),
  'another headline, without its lead': ({ other, paragraphs }) => posted(other, paragraphs),
  'framed by the site': article =>
    posted(article.title, [FRAME[0] ?? '', ...whole(article), FRAME[1] ?? '', FRAME[2] ?? '']),
  'cut to its first half': article =>
    posted(article.title, [...whole(article).slice(0, 3), 'Xem tiếp tại đây.']),
  'cut and framed under another headline': article =>
    posted(article.other, [...whole(article).slice(0, 4), ...FRAME.slice(1)]),
  'only lead and first paragraph': article => posted(article.title, whole(article).slice(0, 2)),
  'paragraphs in another order': ({ other, paragraphs }) => posted(other, paragraphs.toReversed()),
  'tone marks placed otherwise': article => {
    const late = (text: string) =>
      text.replace(/òa/g, 'oà').replace(/óa/g, 'oá').replace(/ỏe/g, 'oẻ').replace(/ủy/g, 'uỷ');
    return posted(late(article.title), whole(article).map(late));
  },
  'without tone marks': article => posted(fold(article.title), whole(article).map(fold)),
  'in capitals, decomposed': article =>
    posted(
      article.title.toUpperCase(),
      whole(article).map(text => text.normalize('NFD')),
    ),
  'words replaced here and there': article =>
    posted(
      article.other,
      whole(article).map(text =>
        text
          .replaceAll(' cho biết', ' thông tin')
          .replaceAll(' nói ', ' chia sẻ ')
          .replaceAll(' khoảng ', ' chừng '),
      ),
    ),
  'one sentence of every paragraph dropped': article =>
    posted(
      article.title,
      article.paragraphs.map(text =>
        text
          .split(/(?<=\.)\s/)
          .slice(0, -1)
          .join(' '),
      ),
    ),
  'retold in other words': ({ other, summary, paragraphs }) =>
    posted(other, [
      `Tin vui cho nhiều người: ${summary}`,
      `${paragraphs[0]?.slice(0, 60)} và nhiều câu chuyện khác đang chờ bạn đọc khám phá ở bản tin đầy đủ của tòa soạn chúng tôi.`,
    ]),
};
