import { describe, expect, it } from '@jest/globals';
import { type KeptAlarm, moveOn } from './transition.ts';
import type { Sighting } from './watch.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SEEN: Sighting = {
  kind: 'source-failing',
  subject: 'a/tin',
  site: 'a',
  since: -6 * HOUR,
  sentence: { vi: 'Đầu nối lỗi.', en: 'A source fails.' },
};

/** What is told when looks, each at a minute of its own, see or do not see the trouble. */
function told(looks: readonly (readonly [minute: number, seen: Partial<Sighting> | undefined])[]): string[] {
  let kept: KeptAlarm | undefined;
  const events: string[] = [];
  for (const [minute, seen] of looks) {
    const move = moveOn(kept, seen && { ...SEEN, ...seen }, minute * MINUTE);
    if (move) kept = move.kept;
    if (move?.phase) events.push(`${minute} ${move.phase}`);
  }
  return events;
}

describe('an alarm', () => {
  it('is told once, however often it is seen, and once when it is over', () => {
    expect(
      told([
        [0, {}],
        [1, {}],
        [2, {}],
        [3, undefined],
        [4, undefined],
      ]),
    ).toEqual(['0 on', '3 over']);
  });

  it('is told again when it becomes worse, each step once, and not when it becomes less', () => {
    expect(
      told([
        [0, {}],
        [1, { step: 1 }],
        [2, { step: 1 }],
        [3, { step: 0 }],
        [4, { step: 1 }],
        [5, { step: 2 }],
      ]),
    ).toEqual(['0 on', '1 worse', '5 worse']);
  });

  it('that must settle is told only when it has stood for so long without a break', () => {
    const settle = 5 * MINUTE;
    expect(
      told([
        [0, { settle }],
        [4, { settle }],
        [5, undefined],
        [6, { settle }],
        [10, { settle }],
        [11, { settle }],
        [12, undefined],
      ]),
    ).toEqual(['11 on', '12 over']);
  });

  it('that flaps must be well for longer each time: ten looks a minute apart make two messages, not ten', () => {
    const looks = Array.from(
      { length: 120 },
      (_, minute) => [minute, minute % 2 === 0 ? {} : undefined] as const,
    );
    expect(told(looks)).toEqual(['0 on', '1 over', '2 on']);
    expect(told([...looks, [130, undefined], [141, undefined]])).toEqual([
      '0 on',
      '1 over',
      '2 on',
      '130 over',
    ]);
  });

  it('that came back is forgiven after a day', () => {
    const day = 24 * 60;
    expect(
      told([
        [0, {}],
        [1, undefined],
        [day + 2, {}],
        [day + 3, undefined],
      ]),
    ).toEqual(['0 on', '1 over', `${day + 2} on`, `${day + 3} over`]);
  });

  it('counts as over from when it was first not seen, not from when that was believed', () => {
    let kept = moveOn(undefined, SEEN, 0)?.kept;
    kept = moveOn(kept, undefined, MINUTE)?.kept;
    kept = moveOn(kept, SEEN, 2 * MINUTE)?.kept;
    kept = moveOn(kept, undefined, 3 * MINUTE)?.kept;
    const over = moveOn(kept, undefined, 20 * MINUTE);
    expect(over).toMatchObject({ phase: 'over', kept: { state: 'over', document: { closed: 3 * MINUTE } } });
  });

  it('whose trouble is only pending is forgotten without a word', () => {
    const kept = moveOn(undefined, { ...SEEN, settle: MINUTE }, 0)?.kept;
    expect(kept?.state).toBe('pending');
    expect(moveOn(kept, undefined, 1)).toEqual({});
  });
});
