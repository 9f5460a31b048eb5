import { describe, expect, it } from '@jest/globals';
import { combineScores, type Judged, scoreOf } from './score.ts';

const must = (outcome: Judged['outcome']): Judged => ({ severity: 'must', outcome });
const should = (outcome: Judged['outcome']): Judged => ({ severity: 'should', outcome });

describe('scoreOf', () => {
  it.each([
    ['all met', [must('met'), should('met')], 100, 0],
    ['a should unmet', [must('met'), should('unmet')], 75, 0],
    ['a must unmet', [must('unmet'), should('met')], 25, 0],
    ['unknown stands beside', [must('met'), must('unknown')], 100, 0.5],
    ['not applicable counts for nothing', [must('met'), must('not-applicable')], 100, 0],
  ] as const)('%s', (_name, judged, score, unknown) => {
    expect(scoreOf(judged)).toMatchObject({ score, unknown });
  });
  it('has no score where nothing is known', () => {
    expect(scoreOf([must('unknown')])).toEqual({ unknown: 1, met: 0, known: 0, weight: 3 });
    expect(scoreOf([])).toEqual({ unknown: 0, met: 0, known: 0, weight: 0 });
  });
});

it('adds parts up by what is known of them', () => {
  const parts = [scoreOf([must('met'), must('met'), must('met')]), scoreOf([must('unmet'), must('unknown')])];
  expect(combineScores(parts)).toMatchObject({ score: 75, unknown: 0.2 });
});
