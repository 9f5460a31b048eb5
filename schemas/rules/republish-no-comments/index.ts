import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** No reader comments under what is quoted from the press. */
export const republishNoComments = defineRule({
  id: 'republish-no-comments',
  number: 57,
  scope: 'republication',
  title: { vi: 'Không mở bình luận dưới tin dẫn lại', en: 'No comments under quoted items' },
  severity: 'must',
  consequence: 'own-duty',
  appliesTo: { kinds: ['press'], gateway: false },
  clauses: [
    { cite: 'NĐ 147/2024/NĐ-CP', basis: 'L2', confidence: 'S' },
    { cite: 'TT 09/2014/TT-BTTTT Điều 2(4)', basis: 'L3', confidence: 'V', history: true },
  ],
  remedy: {
    vi: 'Không mở bình luận của độc giả dưới tin, bài dẫn lại.',
    en: 'Do not open reader comments under quoted items.',
  },

  parameters: {},
  needs: ['outputs'],
  uses: [],
  check(_subject, { outputs }) {
    if (outputs.length === 0 || outputs.every(({ comments }) => comments === undefined)) return 'unknown';
    return outputs.flatMap(({ channel, comments }) =>
      comments === true
        ? [
            found(
              `outputs.${channel}.comments`,
              `Kênh ${channel} có chỗ bình luận.`,
              `The channel ${channel} has comments.`,
            ),
          ]
        : [],
    );
  },
});
