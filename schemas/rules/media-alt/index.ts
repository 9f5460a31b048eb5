import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** A picture has words in its place; film and sound have a text beside them. */
export const mediaAlt = defineRule({
  id: 'media-alt',
  number: 44,
  scope: 'media',
  title: { vi: 'Mô tả thay thế cho ảnh, tóm tắt cho phim và tiếng', en: 'Alternative text for media' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'NĐ 224/2026/NĐ-CP Điều 10(3)c', basis: 'L1', confidence: 'V' },
    { cite: 'TT 26/2020/TT-BTTTT Điều 5(1)', basis: 'L3', confidence: 'V' },
    { cite: 'TT 32/2017/TT-BTTTT Điều 18(1)c', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Bổ sung mô tả thay thế có nghĩa cho ảnh và tóm tắt văn bản cho âm thanh, video.',
    en: 'Add meaningful alternative text, and a text summary for audio and video.',
  },
  example: '<img src="https://…" alt="Người lao động nộp hồ sơ tại trung tâm dịch vụ việc làm">',

  parameters: {},
  needs: [],
  uses: [],
  check({ medium, item }) {
    const { at, type = '', alt = '', caption = '', url } = medium;
    if (medium.decorative) return [];
    if (/^(?:audio|video)\//.test(type))
      return item.contentText.trim() !== '' || caption !== ''
        ? []
        : [
            found(at, 'Phim hoặc tiếng không có tóm tắt bằng chữ.', 'Film or sound without a text summary.', {
              severity: 'should',
            }),
          ];
    if (!type.startsWith('image/')) return [];
    if (alt.trim() === '')
      return caption.trim() === ''
        ? [found(`${at}.alt`, 'Ảnh không có mô tả thay thế (alt).', 'The picture has no alternative text.')]
        : [];
    return isFileName(alt, url)
      ? [found(`${at}.alt`, 'Mô tả thay thế chỉ là tên tệp.', 'The alternative text is only a file name.')]
      : [];
  },
});

function isFileName(alt: string, url: string): boolean {
  const name = alt.trim().slice(0, 300).toLowerCase();
  const file =
    url
      .slice(url.lastIndexOf('/') + 1)
      .split('?')[0]
      ?.toLowerCase() ?? '';
  return (
    /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)$/.test(name) ||
    /^(?:img|dsc|image|screenshot)[_-]?\d{2,}$/.test(name) ||
    (file !== '' && file.replace(/\.\w{1,5}$/, '') === name && !name.includes(' '))
  );
}
