import { describe, expect, it } from '@jest/globals';
import type { Federation } from '../../schemas/federation.ts';
import type { Draft, Item } from '../../schemas/item.ts';
import type { PressAgreement } from '../../schemas/republication.ts';
import { rules } from '../../schemas/rules/index.ts';
import type { Site } from '../../schemas/site.ts';
import type { Source } from '../../schemas/source.ts';
import { USUAL } from '../e2e/usual.ts';
import { normaliseBatch } from '../normalise/normalise.ts';
import { judge, type Ruling } from './judge.ts';
import { judgeItems, judgingOf } from './judge-items.ts';
import type { Alike } from './re-post.ts';
import { rulesInForce } from './rules-in-force.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-22T09:00:00+07:00');

const UNIT: Site = {
  id: 'viec-lam',
  name: 'Cục Việc làm',
  kind: 'unit',
  homepage: 'https://viec-lam.bo.gov.vn/',
  hosts: [],
  registry: {},
};
const PAPER: Site = { ...UNIT, id: 'bao-a', name: 'Báo A', kind: 'press', homepage: 'https://bao-a.vn/' };

const AGREEMENT: PressAgreement = {
  id: 'TT-07',
  site: 'bao-a',
  parties: ['Bộ', 'Báo A'],
  mode: 'full-text',
  media: false,
  audience: 'public',
  from: 0,
  until: NOW + 24 * 60 * MINUTE,
  document: `sha256:${'a'.repeat(64)}`,
};

interface Case {
  readonly site?: Site;
  readonly text?: string;
  readonly title?: string;
  readonly summary?: string;
  readonly published?: string;
  readonly now?: number;
  readonly item?: Partial<Item>;
  readonly agreements?: readonly PressAgreement[];
  readonly guidelines?: Partial<Federation['guidelines']>;
  readonly lastAbsent?: number;
  readonly media?: readonly string[];
  readonly alike?: Alike;
}

/** From an entry to its ruling, by the same steps as a harvest. */
function rule(given: Case = {}): Ruling & { readonly source: Draft } {
  const { site = UNIT, now = NOW } = given;
  const source: Source = {
    name: `${site.id}/tin`,
    site: site.id,
    id: 'tin',
    connector: 'feed',
    options: {},
    every: { min: 1, max: 1 },
    since: 1,
    dates: {},
    enabled: true,
  };
  const entry = {
    sourceId: '1',
    link: `${site.homepage}tin/1`,
    title: { type: 'text', value: given.title ?? 'Hội nghị việc làm khai mạc' },
    summary: { type: 'text', value: given.summary ?? 'Hội nghị bàn về việc làm.' },
    content: { type: 'html', value: given.text ?? '<p>Sáng nay, hội nghị khai mạc. Nhiều đại biểu dự.</p>' },
    published: given.published ?? '2026-11-22T08:30:00+07:00',
    authors: [{ name: 'An' }],
    categories: [],
    media: (given.media ?? []).map(url => ({ url, type: 'image/jpeg' })),
  } as const;
  const federation = {
    ...USUAL,
    guidelines: { ...USUAL.guidelines, ...given.guidelines },
    republication: { ...USUAL.republication, agreements: given.agreements ?? [] },
    sites: [UNIT, PAPER],
  } as unknown as Federation;
  const made = normaliseBatch([entry], { site, source, topics: [], now });
  const draft = made.drafts[0];
  if (!draft) throw new Error(made.refused[0]?.reason);
  const [judged] = judgeItems(
    [{ item: draft, entry }],
    judgingOf(federation, site, { exceptions: [] }, now),
    rules,
  );
  const inForce = rulesInForce(federation, rules, site.id, now);
  const full = { ...draft, ...(judged && { judged }) };
  const ruling = judge(full, given.item as Item | undefined, {
    site,
    inForce,
    now,
    press: federation.republication.press,
    ...(inForce.agreement && { agreement: inForce.agreement }),
    papers: [PAPER],
    ...(given.alike && { alike: given.alike }),
    ...(given.lastAbsent !== undefined && { lastAbsent: given.lastAbsent }),
  });
  return { ...ruling, source: full };
}

const rulesOf = ({ judgement }: Ruling) => judgement.problems.map(({ rule: id }) => id);

describe('an ordinary site', () => {
  it('is republished in full and told what to mend', () => {
    const ruling = rule({ text: '<p>Tin.</p><img src="https://viec-lam.bo.gov.vn/a.jpg">' });
    expect(ruling.verdict).toEqual({ visibility: 'RELEASED' });
    expect(ruling.draft.content).toBe(ruling.source.content);
    expect(ruling.republication).toBeUndefined();
    expect(rulesOf(ruling)).toContain('media-alt');
    expect(ruling.judgement.score.weight).toBeGreaterThan(ruling.judgement.score.met);
  });

  it('has an id number beside a name held for a person, and the number is told to nobody', () => {
    const ruling = rule({ text: '<p>Ông Nguyễn Văn A, CCCD số 001085012345, trúng tuyển.</p>' });
    expect(ruling.verdict).toEqual({ visibility: 'HELD', reason: 'rule:article-personal-data' });
    expect(JSON.stringify(ruling.judgement)).not.toContain('001085012345');
  });

  it('goes out when a person let it pass, until there is more of it', () => {
    const one = '<p>Ông Nguyễn Văn A, CCCD số 001085012345, trúng tuyển.</p>';
    const item = { approved: { 'article-personal-data': 1 } };
    expect(rule({ text: one, item }).verdict.visibility).toBe('RELEASED');
    const two = `${one}<p>Bà Trần Thị B, CCCD số 001085054321, trúng tuyển.</p>`;
    expect(rule({ text: two, item }).verdict.visibility).toBe('HELD');
  });

  it('is not held where an exception of the site holds, nor where the rule is off', () => {
    const text = '<p>Ông Nguyễn Văn A, CCCD số 001085012345, trúng tuyển.</p>';
    const leave = {
      rule: 'article-personal-data',
      site: UNIT.id,
      reason: 'Danh sách trúng tuyển',
      author: 'B',
      until: NOW + 1,
    };
    const excepted = rule({ text, guidelines: { exceptions: [leave] } });
    expect([excepted.verdict.visibility, rulesOf(excepted).includes('article-personal-data')]).toEqual([
      'RELEASED',
      true,
    ]);
    expect(rule({ text, guidelines: { exceptions: [{ ...leave, until: NOW }] } }).verdict.visibility).toBe(
      'HELD',
    );
    const off = rule({ text, guidelines: { overrides: { 'article-personal-data': { enabled: false } } } });
    expect([off.verdict.visibility, rulesOf(off).includes('article-personal-data')]).toEqual([
      'RELEASED',
      false,
    ]);
  });

  it('that re-posts a paper without naming it is treated as the paper', () => {
    const ruling = rule({
      text: '<p>Hội nghị đã họp. Nguồn: Internet</p><p><img src="https://viec-lam.bo.gov.vn/a.jpg"></p>',
    });
    expect(ruling.republication).toMatchObject({ because: 're-post', mode: 'headline-link' });
    expect([ruling.draft.content, ruling.draft.contentText, ruling.draft.picture]).toEqual([
      '',
      '',
      undefined,
    ]);
    expect(ruling.full?.content).toContain('Nguồn: Internet');
    expect(ruling.verdict).toMatchObject({ visibility: 'HELD', reason: 'press-delay' });
  });

  it.each([
    ['names a newspaper as its source, however well', { text: '<p>Hội nghị đã họp. (Theo Báo A)</p>' }],
    ['names a paper of the federation', { text: '<p>Hội nghị đã họp.</p> <p>Nguồn: Báo A</p>' }],
    [
      'is like a press item',
      { alike: { score: 0.85, kind: 'press', link: 'https://bao-a.vn/tin/9', agency: 'Báo A' } },
    ],
  ])('that %s is treated as the paper, and leads to it', (_what, given) => {
    const ruling = rule(given);
    expect(ruling.republication).toMatchObject({ because: 're-post', mode: 'headline-link' });
    expect([ruling.draft.content, ruling.verdict.reason]).toEqual(['', 'press-delay']);
    if ('alike' in given) {
      expect(ruling.draft.attribution).toMatchObject({ agency: 'Báo A', link: 'https://bao-a.vn/tin/9' });
      // The next harvest compares it with nothing, and it stays what it is.
      const again = rule({
        item: {
          republication: ruling.republication,
          attribution: ruling.draft.attribution,
          published: ruling.draft.published,
        } as Partial<Item>,
      });
      expect(again.republication).toEqual(ruling.republication);
    }
  });

  it.each([
    ['a plan', { text: '<p>Đơn vị thực hiện. Theo kế hoạch của Bộ.</p>' }],
    [
      'a ministry',
      {
        text: '<p>Đơn vị thực hiện.</p><p>Nguồn: Cục Thống kê, https://thongke.example.vn/a, 08:30 21/11/2026</p>',
      },
    ],
    [
      'an item that is only somewhat like it',
      { alike: { score: 0.79, kind: 'press', link: 'https://bao-a.vn/9', agency: 'Báo A' } },
    ],
  ])('is no paper’s for %s', (_what, given) => {
    expect(rule(given).republication?.because === 're-post' && 'alike' in given).toBe(false);
    if (!('text' in given) || !given.text.includes('Nguồn'))
      expect(rule(given).republication).toBeUndefined();
  });

  it('loses only the medium that must not go out', () => {
    const ruling = rule({
      text: '<p>A</p><figure><img src="https://viec-lam.bo.gov.vn/1.jpg"><figcaption>Ảnh: Reuters</figcaption></figure><p>B <img src="https://viec-lam.bo.gov.vn/2.jpg" alt="x"></p>',
    });
    expect(ruling.draft.content).not.toContain('1.jpg');
    expect(ruling.draft.content).not.toContain('Reuters');
    expect(ruling.draft.content).toContain('2.jpg');
    expect(
      [ruling.draft.picture?.url ?? '', ...ruling.draft.media.map(({ url }) => url)].join(),
    ).not.toContain('1.jpg');
    expect(ruling.full?.content).toContain('1.jpg');
    expect(ruling.verdict.visibility).toBe('RELEASED');
  });
});

describe('a press item', () => {
  const due = (given: Case) => rule({ site: PAPER, ...given }).verdict;

  it('waits for its minute, an hour after the declared time', () => {
    expect(due({})).toEqual({
      visibility: 'HELD',
      reason: 'press-delay',
      releaseAt: Date.parse('2026-11-22T09:30:00+07:00'),
    });
    expect(due({ now: Date.parse('2026-11-22T09:29:59.999+07:00') }).visibility).toBe('HELD');
    expect(due({ now: Date.parse('2026-11-22T09:30:00+07:00') })).toEqual({ visibility: 'RELEASED' });
  });

  it('of a source whose clock is seven hours early counts from first sight', () => {
    const seven = '2026-11-22T01:30:00+07:00';
    const lastAbsent = NOW - 10 * MINUTE;
    expect(due({ published: seven, lastAbsent }).releaseAt).toBe(NOW + 60 * MINUTE);
    // Where no harvest stands in the way, the declared time is as good as any.
    expect(due({ published: seven }).visibility).toBe('RELEASED');
  });

  it.each([
    ['no time', ''],
    ['a day alone', '2026-11-21'],
    ['a time in the future', '2026-11-22T15:00:00+07:00'],
  ])('with %s counts from first sight', (_what, published) => {
    expect(due({ published }).releaseAt).toBe(NOW + 60 * MINUTE);
  });

  it('that is dated anew counts from the latest time', () => {
    const item = { published: Date.parse('2026-11-22T06:00:00+07:00'), firstSeen: NOW - 90 * MINUTE };
    expect(due({ item, published: '2026-11-22T08:45:00+07:00' }).releaseAt).toBe(
      Date.parse('2026-11-22T09:45:00+07:00'),
    );
  });

  it.each([
    ['a setting', { overrides: { 'republish-min-delay': { enabled: false } } }],
    ['a consequence', { overrides: { 'republish-min-delay': { consequence: 'score' as const } } }],
  ])('keeps its delay whatever %s says', (_what, guidelines) => {
    expect(due({ guidelines }).visibility).toBe('HELD');
  });

  it('without an agreement is headline, its own summary and link: no text, no media, in no field', () => {
    const ruling = rule({
      site: PAPER,
      text: '<p>Toàn văn bí mật.</p><p><img src="https://bao-a.vn/anh.jpg"></p>',
      media: ['https://bao-a.vn/lon.jpg'],
    });
    expect(ruling.draft.summary).toBe('Hội nghị bàn về việc làm.');
    const { judged: _judged, ...shown } = ruling.draft;
    expect(JSON.stringify(shown)).not.toMatch(/Toàn văn bí mật|anh\.jpg|lon\.jpg/);
    expect(ruling.full).toMatchObject({ contentText: 'Toàn văn bí mật.' });
    expect(ruling.draft.hash).not.toBe(ruling.source.hash);
  });

  it('without a summary of its own has none: an excerpt would be the text', () => {
    const ruling = rule({ site: PAPER, summary: '', text: `<p>${'Câu văn của báo. '.repeat(40)}</p>` });
    expect(ruling.draft.summary).toBe('');
    expect(ruling.full?.summary).toContain('Câu văn');
  });

  it('under an agreement goes out in full, without media the agreement leaves out', () => {
    const text = '<p>Toàn văn.</p><p><img src="https://bao-a.vn/anh.jpg"></p>';
    const ruling = rule({ site: PAPER, text, agreements: [AGREEMENT] });
    expect(ruling.republication).toMatchObject({ mode: 'full-text', agreement: 'TT-07', media: false });
    expect(ruling.draft.contentText).toBe('Toàn văn.');
    expect(ruling.draft.content).not.toContain('<img');
    const whole = rule({ site: PAPER, text, agreements: [{ ...AGREEMENT, media: true }] });
    expect(whole.full).toBeUndefined();
    expect(whole.draft.content).toContain('anh.jpg');
  });

  it('waits longer where the agreement says so, and falls back to headline when it has ended', () => {
    const longer = rule({ site: PAPER, agreements: [{ ...AGREEMENT, delay: 120 * MINUTE }] });
    expect(longer.verdict.releaseAt).toBe(Date.parse('2026-11-22T10:30:00+07:00'));
    const ended = rule({ site: PAPER, agreements: [{ ...AGREEMENT, until: NOW - 1 }] });
    expect([ended.republication?.mode, ended.draft.content]).toEqual(['headline-link', '']);
  });

  it('for the portal alone shows the public a headline, and its edits still move the hash', () => {
    const agreements = [{ ...AGREEMENT, audience: 'portal' as const }];
    const one = rule({ site: PAPER, agreements, text: '<p>Một.</p>' });
    const two = rule({ site: PAPER, agreements, text: '<p>Hai.</p>' });
    expect([one.draft.content, one.full?.contentText]).toEqual(['', 'Một.']);
    expect(one.draft.hash).not.toBe(two.draft.hash);
    const nobody = [rule({ site: PAPER, text: '<p>Một.</p>' }), rule({ site: PAPER, text: '<p>Hai.</p>' })];
    expect(nobody[0]?.draft.hash).toBe(nobody[1]?.draft.hash);
  });
});
