import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seed } from '../../scripts/wordpress/posts.ts';
import { startWordPress, type WordPress } from '../../scripts/wordpress/start.ts';
import { checkTools, openPool } from '../e2e/made-site.ts';
import { checkSite, discoverSite } from './check-site.ts';
import { federationBlock } from './federation-block.ts';

/** A stock WordPress, as it stands after its installation, and with posts in it. */
const pool = openPool();
let site: WordPress;

beforeAll(async () => {
  site = await startWordPress();
  await seed(site);
}, 300_000);

afterAll(async () => {
  await site?.stop();
  await pool.close();
}, 60_000);

describe('a real WordPress', () => {
  it('is discovered with its API and feed, and a block to paste', async () => {
    const {
      survey,
      site: found,
      requests,
    } = await discoverSite({ address: new URL(site.url), withRecord: false }, checkTools(pool, []));
    expect(requests).toBeLessThanOrEqual(20);
    expect(survey.sources[0]).toMatchObject({ kind: 'wordpress', works: true, entries: 10 });
    expect(survey.sources.find(({ kind }) => kind === 'feed')).toMatchObject({ works: true, format: 'rss' });
    expect(federationBlock(found.site, survey.sources)).toContain('connector: wordpress');
  });

  it('is checked: its feed is sound', async () => {
    const report = await checkSite(
      { address: new URL(site.url), kind: 'unit', withRecord: false },
      checkTools(pool, []),
    );
    const met = report.met.map(({ rule }) => rule);
    expect(met).toEqual(
      expect.arrayContaining([
        'feed-well-formed',
        'feed-utf8',
        'feed-item-id-stable',
        'feed-date-valid',
        'feed-registered-urls',
        'site-machine-discovery',
      ]),
    );
    expect(report.strictReader?.entries).toBe(report.strictReader?.of);
    // Its pages have no theme here and say nothing: what rests on them is unknown, neither met nor unmet.
    expect(report.unknown.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['site-emc-snippet', 'site-responsible-info', 'article-dc-mandatory']),
    );
    expect(report.requests).toBeLessThanOrEqual(40);
  }, 60_000);
});
