import { describe, expect, it } from '@jest/globals';
import { shownUrl } from './shown-url.ts';

/** Milliseconds this thread has worked: what others do on the machine plays no part. */
const worked = () => process.threadCpuUsage().user / 1000;

describe('an address as it may be written down', () => {
  it.each([
    ['https://example.org/feed', 'https://example.org/feed'],
    ['https://minh:matkhau@example.org/feed#top', 'https://example.org/feed'],
    ['https://example.org/?token=abc', 'https://example.org/?token=***'],
    ['https://example.org/?a=1&access_token=abc&b=2', 'https://example.org/?a=1&access_token=***&b=2'],
    ['https://example.org/?API_KEY=abc', 'https://example.org/?API_KEY=***'],
    ['https://example.org/?apiKey=abc&key=', 'https://example.org/?apiKey=***&key=***'],
    ['https://example.org/?accessToken=abc', 'https://example.org/?accessToken=***'],
    ['https://example.org/?auth%5Bpassword%5D=abc', 'https://example.org/?auth%5Bpassword%5D=***'],
    ['https://example.org/?%74oken=abc', 'https://example.org/?%74oken=***'],
    [
      'https://b.example/x?X-Amz-Signature=abc&X-Amz-Date=1',
      'https://b.example/x?X-Amz-Signature=***&X-Amz-Date=1',
    ],
    ['https://b.example/x?sig=a%2Fb&sv=1', 'https://b.example/x?sig=***&sv=1'],
    ['https://example.org/?client_secret=a=b=c', 'https://example.org/?client_secret=***'],
    [
      'https://example.org/?keyword=viec+lam&signed=1&monkey=2',
      'https://example.org/?keyword=viec+lam&signed=1&monkey=2',
    ],
    [
      'https://example.org/?from=https://u:p@a.example/',
      'https://example.org/?from=https%3A%2F%2Fa.example%2F',
    ],
    [
      'https://example.org/?from=https%3A%2F%2Fu%3Ap%40a.example',
      'https://example.org/?from=https%3A%2F%2Fa.example%2F',
    ],
    ['https://example.org/?flag&x', 'https://example.org/?flag&x'],
    ['no address', 'invalid:'],
  ])('%s', (address, shown) => {
    expect(shownUrl(address)).toBe(shown);
  });

  it('is bounded, and quick whatever it is given', () => {
    const started = worked();
    expect(shownUrl(`https://example.org/?${'://'.repeat(200_000)}`).length).toBeLessThanOrEqual(2_000);
    expect(shownUrl(`https://example.org/?${'aA'.repeat(200_000)}=1`).length).toBeLessThanOrEqual(2_000);
    const nested = 'http://u:p@a/?u='.repeat(50_000);
    expect(shownUrl(nested)).not.toContain('u:p');
    expect(worked() - started).toBeLessThan(1_000);
  });
});
