import { describe, expect, it } from '@jest/globals';
import { tellingSentences } from './boilerplate.ts';
import { compare } from './compare.ts';
import { readTelling } from './reading.ts';
import { sketchOf } from './sketch.ts';

const TEXT =
  'Sáng nay tại nhà thi đấu thành phố, hơn 4.000 lao động đã tới phiên giao dịch việc làm lớn nhất năm. Ban tổ chức cho biết có 120 doanh nghiệp tham gia với gần sáu nghìn vị trí. Ông Lê Văn Phúc nói nhiều người được nhận ngay tại chỗ sau khi phỏng vấn. Phiên tiếp theo dự kiến mở ngày 12/12 ở huyện Bình Sơn.';
const reading = (contentText: string, title = '') => readTelling({ title, summary: '', contentText });
const told = (one: string, other: string) => compare(reading(one), reading(other));

describe('compare', () => {
  it('is 1 for one text however it is written, 0 for another or one too short to tell', () => {
    expect(told(TEXT, TEXT)).toEqual({ score: 1, same: true, contained: true });
    expect(told(TEXT, TEXT.toUpperCase().normalize('NFD')).score).toBe(1);
    expect(told(TEXT, TEXT.replace('4.000', '4000').replace('12/12', '12-12')).score).toBe(1);
    expect(told(TEXT, 'Hoàn toàn khác, chẳng có câu nào giống. '.repeat(20)).score).toBe(0);
    expect(told('Ban tổ chức cho biết có', TEXT)).toEqual({ score: 0, same: false, contained: false });
    expect(told('', '')).toEqual({ score: 0, same: false, contained: false });
  });

  it('is the same both ways', () => {
    const cut = `Đơn vị xin giới thiệu. ${TEXT.slice(0, 180)}`;
    expect(told(cut, TEXT)).toEqual(told(TEXT, cut));
  });

  it('counts what the shorter has in the longer', () => {
    const [first = '', second = ''] = TEXT.split(/(?<=\.) /);
    expect(told(`${first} ${second}`, TEXT).score).toBe(1);
    const half = told(
      `${first} ${second} ${'Còn đây là lời riêng của chúng tôi chứ không phải lời ai. '.repeat(3)}`,
      TEXT,
    );
    expect(half.score).toBeGreaterThan(0.4);
    expect(half.score).toBeLessThan(0.6);
  });

  it('lets one slip pass, and takes other figures and names in the same places for other news', () => {
    expect(told(TEXT, TEXT.replace('120', '121')).same).toBe(true);
    const slip = reading(TEXT.replace('120', '121'), 'Cao Lâm hướng dẫn đăng ký tìm việc trực tuyến');
    // Under another headline one other figure is no slip: a short notice of the same template.
    expect(compare(reading(TEXT, 'Phiên giao dịch việc làm lớn nhất năm'), slip).same).toBe(false);
    const other = TEXT.replace('4.000', '2.500')
      .replace('120', '64')
      .replace('Phúc', 'Thọ')
      .replace('12/12', '9/1');
    const found = told(TEXT, other);
    expect(found.same).toBe(false);
    expect(found.score).toBeLessThan(0.6);
  });

  it('hears a headline that names another day or place', () => {
    const titled = (title: string) => reading(TEXT, title);
    expect(compare(titled('Dự báo thời tiết ngày 12/11'), titled('Dự báo thời tiết ngày 13/11')).same).toBe(
      false,
    );
    expect(compare(titled('Phiên giao dịch ở Bình Sơn'), titled('Phiên giao dịch ở Phú Mỹ')).same).toBe(
      false,
    );
    expect(compare(titled('Hơn 4.000 người tìm việc'), titled('120 doanh nghiệp tuyển người')).same).toBe(
      true,
    );
  });

  it('takes a short text for the long one only under its headline', () => {
    const long = Array.from(
      { length: 40 },
      (_, i) => `Câu thứ ${i} của bài dài kể một chuyện khác hẳn số ${i * 7}.`,
    ).join(' ');
    const title = 'Bốn nghìn lao động tới phiên giao dịch việc làm';
    const compared = (other: string) => compare(reading(TEXT, title), reading(`${TEXT} ${long}`, other)).same;
    expect(compared(title)).toBe(true);
    expect(compared('Điểm báo trong tuần qua')).toBe(false);
    const other = reading(`${TEXT} ${long}`, 'Điểm báo trong tuần qua');
    expect(compare(reading(TEXT, title), other)).toEqual({ score: 1, same: false, contained: true });
  });
});

describe('a sketch', () => {
  it('is one for one text, shares numbers with a cut one, and is empty for one too short to tell', () => {
    const whole = sketchOf(reading(TEXT));
    expect(sketchOf(reading(TEXT.toUpperCase()))).toEqual(whole);
    const cut = sketchOf(reading(TEXT.slice(0, 200))).buckets;
    expect(cut.filter(bucket => whole.buckets.includes(bucket)).length).toBeGreaterThanOrEqual(4);
    expect(sketchOf(reading('Lịch nghỉ lễ của cơ quan')).buckets).toEqual([]);
    expect(whole.buckets.every(bucket => Number.isSafeInteger(bucket) && bucket >= 0)).toBe(true);
  });

  it('has a number for the headline', () => {
    const title = 'Thông báo lịch nghỉ lễ của các cơ quan';
    const one = sketchOf(reading(TEXT, title)).buckets;
    const other = sketchOf(
      reading('Một bài khác hẳn về chuyện khác. '.repeat(5), title.toUpperCase()),
    ).buckets;
    expect(one.filter(bucket => other.includes(bucket))).toHaveLength(1);
  });
});

it('sentences that every notice has are left out, long ones that only begin so are not', () => {
  const text =
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM. Đã có kết quả. Mọi chi tiết xin liên hệ số 12 Trần Phú. Nguồn: Báo A.';
  expect(tellingSentences(text)).toEqual(['Đã có kết quả.']);
  const long = `Căn cứ ${'vào kết quả điều tra '.repeat(12)}tòa tuyên phạt bị cáo.`;
  expect(tellingSentences(long)).toEqual([long]);
});

it('comparing stays quick, whatever is sent', () => {
  const long = reading('a b c d e f g '.repeat(20_000));
  const other = reading('a b c d e f h '.repeat(20_000));
  const began = performance.now();
  compare(long, other);
  compare(long, long);
  expect(performance.now() - began).toBeLessThan(1_000);
});
