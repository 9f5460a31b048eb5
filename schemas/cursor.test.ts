import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor, resumeFrom, toBase64url } from './cursor.ts';

const log = { epoch: 'e1', head: 100, pruned: 10 };
const cursor = (number: number, { epoch = 'e1', selection = '' } = {}) =>
  encodeCursor({ epoch, number, selection });

describe('a cursor', () => {
  it('comes back as it was given out, and is safe in an address', () => {
    const opened = { epoch: 'kỷ nguyên', number: 42, selection: 'sites=a,b' };
    expect(decodeCursor(encodeCursor(opened))).toEqual(opened);
    expect(encodeCursor(opened)).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it.each([
    ['empty', ''],
    ['words', 'hello'],
    ['not base64url', '%%%'],
    ['padded', `${cursor(5)}=`],
    ['with a stray character', `${cursor(5).slice(0, 4)}!${cursor(5).slice(4)}`],
    ['a negative number', cursor(-1)],
    ['a fraction', cursor(1.5)],
    ['a number as text', toBase64url(['e1', '5', ''])],
    ['too short', toBase64url(['e1', 5])],
    ['too long an array', toBase64url(['e1', 5, '', 9, 1])],
    ['with a mark as text', toBase64url(['e1', 5, '', '9'])],
    ['not an array', Buffer.from('{"epoch":"e1"}').toString('base64url')],
    ['huge', 'A'.repeat(5000)],
    ['of another selection', cursor(50, { selection: 'sites=a' })],
  ])('refuses garbage: %s', (_name, text) => {
    expect(() => resumeFrom(text, log)).toThrow(expect.objectContaining({ code: 'BAD_CURSOR', status: 400 }));
  });

  it.each([
    ['of another store', cursor(50, { epoch: 'e2' })],
    ['ahead of the log', cursor(101)],
    ['begun ahead of the log', encodeCursor({ epoch: 'e1', number: 50, selection: '', began: 101 })],
    ['begun before more was pruned', encodeCursor({ epoch: 'e1', number: 5, selection: '', began: 9 })],
    ['from before the pruned tombstones', cursor(9)],
  ])('asks to start over: %s', (_name, text) => {
    expect(() => resumeFrom(text, log)).toThrow(
      expect.objectContaining({ code: 'RESYNC_REQUIRED', status: 410, data: { resync: true } }),
    );
  });

  it.each([10, 50, 100])('resumes from %i', number => {
    expect(resumeFrom(cursor(number), log)).toEqual({ number, began: 0 });
  });

  it('of a reader that has nothing yet begins again as one that has nothing', () => {
    expect(resumeFrom(cursor(0), log)).toEqual({ number: 0, began: 100 });
  });

  it('of a reader that began from nothing misses no tombstone that was pruned before it began', () => {
    const text = encodeCursor({ epoch: 'e1', number: 5, selection: '', began: 60 });
    expect(resumeFrom(text, log)).toEqual({ number: 5, began: 60 });
    // Once it has come so far, the mark is gone.
    expect(encodeCursor({ epoch: 'e1', number: 60, selection: '', began: 60 })).toBe(cursor(60));
  });
});
