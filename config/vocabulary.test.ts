import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readVocabulary } from './vocabulary.ts';

const read = (text: string) => readVocabulary({ text, path: 'vocabulary.yaml' });

describe('the vocabulary', () => {
  it('that comes with the program is sound and knows the ministry’s abbreviations', () => {
    const text = readFileSync(new URL('./vocabulary.vi.yaml', import.meta.url), 'utf8');
    const wordings = new Set(read(text).flat());
    const known = ['BHXH', 'BHTN', 'BHYT', 'XKLĐ', 'LĐ-TB&XH', 'LĐTBXH', 'TNLĐ', 'NCC', 'UBND', 'HĐND'];
    for (const word of [...known, 'GDNN', 'ATVSLĐ', 'CCHC', 'TTHC', 'DVC']) expect(wordings).toContain(word);
  });

  it.each([
    ['same: [[BHXH]]', /vocabulary.yaml:1:8 same\[0\]: mỗi nhóm cần/],
    ['same: [[BHXH, "--"]]', /same\[0\]\[1\]: cần 1 đến 10 từ/],
    [`same: [[a, "${'từ '.repeat(11)}"]]`, /same\[0\]\[1\]: cần 1 đến 10 từ/],
    ['same: [[BHXH, một], [hai, bhxh]]', /same\[1\]\[1\]: “bhxh” đã có rồi/],
    ['same: [[XKLĐ, XKLD]]', /same\[0\]\[1\]: “XKLD” đã có rồi/],
    ['sames: []', /không có khoá này.*ý bạn là same/],
    ['same: [[1, 2]]', /same\[0\]\[0\]/],
    ['same: [', /YAML không đọc được/],
    ['', /vocabulary.yaml:1:1/],
  ])('refuses %s', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
