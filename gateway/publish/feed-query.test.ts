import { describe, expect, it } from '@jest/globals';
import { CodedError } from '../../schemas/errors.ts';
import { readFeedQuery, toAfter } from './feed-query.ts';
import { exampleFederation } from './publishing.example.ts';

const read = (search: string, feed = 'all') =>
  readFeedQuery(exampleFederation(), feed, new URLSearchParams(search));

describe('readFeedQuery', () => {
  it.each([
    ['', ''],
    ['limit=50', ''],
    ['limit=7', '?limit=7'],
    ['sites=viec-lam,bao-a', '?sites=bao-a,viec-lam'],
    ['sites=viec-lam&sites=bao-a&sites=bao-a', '?sites=bao-a,viec-lam'],
    ['kinds=press,unit&topics=tien-luong', '?topics=tien-luong&kinds=press,unit'],
    ['sites=', ''],
    ['utm_source=x', ''],
    [`after=${toAfter({ at: 1, n: 2 })}`, `?after=${toAfter({ at: 1, n: 2 })}`],
    ['archive=3&limit=9', '?archive=3'],
    ['limit=9&distinct=story', '?distinct=story&limit=9'],
    ['distinct=', ''],
  ])('%s asks for “%s”', (search, canonical) => {
    expect(read(search).search).toBe(canonical);
  });

  it.each([
    ['sites=nobody', 'BAD_INPUT', 'nobody'],
    ['sites=viec-lam,nobody', 'BAD_INPUT', 'nobody'],
    ['topics=x', 'BAD_INPUT', 'x'],
    ['kinds=PRESS', 'BAD_INPUT', 'PRESS'],
    ['limit=0', 'BAD_INPUT', '500'],
    ['limit=501', 'BAD_INPUT', '500'],
    ['limit=1e2', 'BAD_INPUT', '1e2'],
    ['limit=-1', 'BAD_INPUT', '-1'],
    ['after=x', 'BAD_INPUT', 'after'],
    ['archive=0', 'BAD_INPUT', 'archive'],
    ['distinct=site', 'BAD_INPUT', 'story'],
  ])('%s is refused by name', (search, code, named) => {
    expect(refusal(() => read(search))).toMatchObject({ code, message: expect.stringContaining(named) });
  });

  it.each([
    ['q=viec lam', '?q=viec%20lam'],
    ['q= viec+ lam &limit=50&archive=2', '?q=viec%20lam'],
    ['limit=7&q=a,b&kinds=unit', '?kinds=unit&q=a,b&limit=7'],
  ])('a search %s asks for “%s”', (search, canonical) => {
    expect(read(search, 'search').search).toBe(canonical);
  });

  it('does not know every feed', () => {
    expect(refusal(() => read('', 'nothing'))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

function refusal(act: () => unknown): CodedError {
  try {
    act();
  } catch (error) {
    if (error instanceof CodedError) return error;
  }
  throw new Error('was not refused');
}
