import type { Sighting, Watch } from '../watch.ts';
import { plain } from '../words.ts';

/** Duties of our own that the quarter-hourly look found wanting: one alarm a rule. */
export const duties: Watch = {
  kinds: ['duties-unmet'],
  async look({ store }) {
    const judged = (await store.problems.of('gateway', ['gateway'])).get('gateway');
    const byRule = Map.groupBy(judged?.problems ?? [], ({ rule }) => rule);
    return [...byRule].flatMap(([rule, problems]): Sighting[] => {
      const [first] = problems;
      if (!first) return [];
      return [
        {
          kind: 'duties-unmet',
          subject: rule,
          since: Math.min(...problems.map(({ firstSeen }) => firstSeen)),
          sentence: {
            vi: `Bổn phận ${rule} của cổng chưa đạt (${plain(first.message.vi)}); hỏi GraphQL problems(filter: {subjects: [GATEWAY]}) hoặc xem nhật ký để biết từng chỗ.`,
            en: `Our duty ${rule} is not met (${plain(first.message.en)}); ask GraphQL problems(filter: {subjects: [GATEWAY]}) or look at the log for each place.`,
          },
        },
      ];
    });
  },
};
