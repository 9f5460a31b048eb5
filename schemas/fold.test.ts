import { expect, it } from '@jest/globals';
import { exact, fold, wordForms, words } from './fold.ts';

it.each([
  ['Bảo hiểm xã hội', 'bao hiem xa hoi'],
  ['ĐỒNG Đăng', 'dong dang'],
  ['Thừa Thiên Huế'.normalize('NFD'), 'thua thien hue'],
  ['ưu đãi người có công', 'uu dai nguoi co cong'],
])('folds %s', (text, folded) => expect(fold(text)).toBe(folded));

it.each([
  ['hoà', 'hòa'],
  ['Thuỷ', 'thủy'],
  ['khoẻ', 'khỏe'],
  ['XOÁ', 'xóa'],
  ['quý', 'quý'],
  ['hoàn', 'hoàn'],
  ['toàn', 'toàn'],
  ['thuý', 'thúy'],
  ['huỷ', 'hủy'],
])('%s and %s are one word', (one, other) => expect(exact(one)).toBe(exact(other)));

it('keeps words apart that only differ in accents', () => {
  expect(exact('bảo')).not.toBe(exact('báo'));
});

it('finds words in any script', () => {
  expect(words('LĐ-TB&XH: 2026 “hội nghị”')).toEqual(['LĐ', 'TB', 'XH', '2026', 'hội', 'nghị']);
});

it.each([
  'Thuỷ điện HOÀ BÌNH, khoẻ; quỳ – “Quý” hoà2 khoẻmạnh',
  'Thừa Thiên Huế'.normalize('NFD'),
  'LĐ-TB&XH: 2026 “hội nghị” straße İstanbul ﬁ',
  'a'.repeat(50),
])('gives each word the forms that the whole text gives it: %s', text => {
  for (let time = 0; time < 2; time += 1) {
    expect(wordForms(text).map(({ exact }) => exact)).toEqual(words(exact(text)));
    expect(wordForms(text).map(({ folded }) => folded)).toEqual(words(fold(text)));
  }
});
