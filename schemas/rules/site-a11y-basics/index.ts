import { capped, found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** Language, viewport, titles and link names; nothing that moves or blinks, zoom not forbidden. */
export const siteA11yBasics = defineRule({
  id: 'site-a11y-basics',
  number: 13,
  scope: 'site',
  title: { vi: 'Tiếp cận cơ bản', en: 'Basic accessibility' },
  severity: 'must',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: true },
  clauses: [
    { cite: 'NĐ 224/2026/NĐ-CP Điều 10(3)a,c', basis: 'L1', confidence: 'V' },
    { cite: 'TT 26/2020/TT-BTTTT Điều 5(1)', basis: 'L3', confidence: 'V' },
    { cite: 'TT 32/2017/TT-BTTTT Điều 18(1)b,d', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Khai báo ngôn ngữ, viewport; bỏ chữ chạy/nhấp nháy; đặt nội dung cho mọi liên kết.',
    en: 'Declare language and viewport; remove moving or blinking text; name every link.',
  },
  example: '<html lang="vi"> … <meta name="viewport" content="width=device-width, initial-scale=1">',
  caveat: { vi: 'Phụ lục của Thông tư 26/2020 chưa được đọc.', en: 'The annex of TT 26/2020 was not read.' },
  parameters: {},
  needs: ['homepage'],
  uses: ['pages'],
  check(_subject, { homepage, pages = [] }) {
    if (homepage.shell) return 'unknown';
    return capped(
      [homepage, ...pages].flatMap((page, n) => {
        const at = n === 0 ? 'homepage' : `pages[${n - 1}]`;
        const viewport = page.metas.find(({ name }) => name === 'viewport')?.content ?? '';
        const unnamed = page.anchors.filter(({ name, hidden }) => !hidden && name === '').length;
        const faults = [
          [
            !/^vi(?:-|$)/i.test(page.lang ?? ''),
            'lang',
            'Chưa khai báo lang="vi".',
            'lang="vi" is not declared.',
          ],
          [!/width/i.test(viewport), 'viewport', 'Chưa khai báo viewport.', 'No viewport is declared.'],
          [
            /user-scalable\s{0,3}=\s{0,3}(?:no|0)/i.test(viewport),
            'viewport',
            'Trang cấm phóng to.',
            'Zooming is forbidden.',
          ],
          [
            (page.tags.marquee ?? 0) + (page.tags.blink ?? 0) > 0,
            'moving',
            'Có chữ chạy hoặc nhấp nháy.',
            'Has moving or blinking text.',
          ],
          [page.title === '', 'title', 'Trang không có tiêu đề.', 'The page has no title.'],
          [unnamed > 0, 'links', `${unnamed} liên kết không có chữ.`, `${unnamed} links have no name.`],
        ] as const;
        return faults.filter(([is]) => is).map(([, part, vi, en]) => found(`${at}.${part}`, vi, en));
      }),
    );
  },
});
