import type { Entry, ForeignMedia } from '../../schemas/entry.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { StandIn } from '../../schemas/pages/standing-before.ts';
import type { Validators } from '../connector.ts';
import { entryOf } from './entry.ts';
import { failedAgain, type Known } from './memory.ts';
import type { Missed } from './parts.ts';
import type { ArticleReading, Row } from './reading.ts';
import { ask, failed, type Run, told } from './run.ts';

/** What opening an article's page came to. */
export type Opened =
  | {
      readonly is: 'article';
      readonly entry: Entry;
      readonly pictures: readonly ForeignMedia[];
      readonly missed: readonly Missed[];
      readonly counted: boolean;
      readonly page: string;
    }
  /** It is gone (410), not there (404 or the site's own words), the same as before, or no item. */
  | { readonly is: 'gone' | 'missing' | 'same' | 'no-item' | 'failed' };

/** Opens one article's page. Throws where the whole site is in trouble; else what fails is tried again later. */
export async function openArticle(run: Run, row: Row, validators?: Validators): Promise<Opened> {
  const { progress, tools } = run;
  try {
    const answer = await ask(run, row.link, 'article', validators);
    if (answer.notModified) return { is: 'same' };
    if (answer.status === 410) return { is: 'gone' };
    if (answer.status === 404) return { is: 'missing' };
    const input = {
      kind: 'article' as const,
      ...told(run, answer),
      row,
      marks: progress.marks.pack(),
      lists: run.lists,
    };
    const reading = await tools.read(input);
    if (reading.kind !== 'article') return { is: 'no-item' };
    const opened = openedOf(reading, row, answer.url);
    run.failures = 0;
    if (opened.is !== 'article' && reading.is !== 'article')
      tools.progress(`bỏ qua ${row.link}: ${SKIPPED[reading.is]}`);
    return opened;
  } catch (thrown) {
    const { code, data, message } = failed(run, row.link, thrown);
    tools.progress(`không đọc được ${row.link}: ${typeof data.vi === 'string' ? data.vi : message}`);
    tools.log.info({ source: run.job.source.name, url: row.link, code }, 'An article could not be read.');
    return { is: code === 'ROBOTS_REFUSED' ? 'no-item' : 'failed' };
  }
}

function openedOf(reading: ArticleReading, row: Row, url: string): Opened {
  switch (reading.is) {
    case 'article': {
      const { entry, pictures, missed, counted, digest } = reading;
      return { is: 'article', entry, pictures, missed, counted, page: digest };
    }
    case 'other':
      return {
        is: 'article',
        entry: entryOfRow({ ...row, link: url }),
        pictures: row.parts.pictures,
        missed: [],
        counted: row.parts.published?.relative === true,
        page: row.digest,
      };
    case 'not-found':
      return { is: 'missing' };
    case 'front-page':
    case 'no-article':
      return { is: 'no-item' };
    default:
      throw standsBefore(reading.is, url);
  }
}

const SKIPPED: Readonly<Record<Exclude<ArticleReading['is'], 'article'>, string>> = {
  'not-found': 'trang báo không tìm thấy',
  'front-page': 'dẫn về trang chủ hoặc trang danh sách',
  'no-article': 'không có tiêu đề, hoặc không có gì cho biết đây là một bài',
  other: 'không phải trang web',
  'robot-check': 'trang kiểm tra người máy',
  login: 'trang đăng nhập',
  maintenance: 'trang đang bảo trì',
};

const SAID: Readonly<
  Record<
    Exclude<StandIn, 'not-found'>,
    readonly ['ROBOT_CHECK' | 'SITE_UNAUTHORISED' | 'SITE_FAILED', string]
  >
> = {
  'robot-check': [
    'ROBOT_CHECK',
    'trả về trang kiểm tra người máy: đề nghị quản trị trang cho phép cổng liên thông.',
  ],
  login: ['SITE_UNAUTHORISED', 'đòi đăng nhập mới cho xem bài.'],
  maintenance: ['SITE_FAILED', 'đang bảo trì: lượt thu sau sẽ thử lại.'],
};

function standsBefore(what: Exclude<StandIn, 'not-found'>, address: string): CodedError {
  const [code, vi] = SAID[what];
  const host = URL.parse(address)?.host ?? address;
  return new CodedError(code, `${host} shows a page of another kind (${what}) in an article's place.`, {
    data: { host, vi: `${host} ${vi}` },
  });
}

/** An item as its list alone tells it. */
export function entryOfRow({ link, parts, own }: Row, type?: string): Entry {
  return entryOf(parts, { link, ...(own && type !== undefined && { own: { type, fields: own } }) });
}

/** What is remembered of an opened article. */
export function memoryOf(opened: Opened, row: Row, before: Known | undefined, now: Instant): Known {
  const page = opened.is === 'article' ? opened.page : (before?.page ?? '');
  const state = opened.is === 'article' ? '0' : opened.is === 'failed' ? failedAgain(before) : 'n';
  return { row: row.digest, page, at: now, state };
}
