import { describe, expect, it } from '@jest/globals';
import { SaxesParser } from 'saxes';
import { connectors } from '../../connectors/index.ts';
import { formats } from '../../schemas/formats/index.ts';
import { seededFederation } from '../e2e/seed.ts';
import { renderOpml } from './opml.ts';

function outlines(document: string): readonly Readonly<Record<string, string>>[] {
  const found: Record<string, string>[] = [];
  const parser = new SaxesParser();
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'outline') found.push(attributes as Record<string, string>);
  });
  parser.write(document).close();
  return found;
}

describe('renderOpml', () => {
  it('lists our feeds and the sources, without their secrets', () => {
    const federation = seededFederation();
    const sources = federation.sites.map(({ id, homepage }) => ({
      ...seededFederation().sources[0],
      name: `${id}/tin`,
      site: id,
      id: 'tin',
      connector: id === 'cong' ? 'json-api' : 'feed',
      options: { url: `https://ai:mat-khau@${id}.example.vn/rss?a=1&access_token=bi-mat`, homepage },
      every: { min: 1, max: 1 },
      since: 0,
      dates: {},
      enabled: id !== 'bao-hiem',
    }));
    const { body } = renderOpml(seededFederation({ sources }), connectors(formats));
    const found = outlines(body);
    expect(found.filter(({ xmlUrl }) => xmlUrl).map(({ text, xmlUrl }) => [text, xmlUrl])).toEqual([
      ...federation.feeds.map(({ id, title }) => [title, `https://tin.example.gov.vn/feeds/${id}.atom`]),
      ['viec-lam/tin', 'https://viec-lam.example.vn/rss?a=1&access_token=***'],
      ['bao-a/tin', 'https://bao-a.example.vn/rss?a=1&access_token=***'],
    ]);
    expect(found).toContainEqual({ text: 'cong/tin', htmlUrl: 'https://cong.example.vn/' });
    expect(body).not.toMatch(/mat-khau|bi-mat/);
  });

  it('is well-formed for hostile names', () => {
    const [site] = seededFederation().sites;
    if (!site) throw new Error('no site');
    const name = '"><outline/>&\u0000\ud800]]>';
    const federation = seededFederation({ sites: [{ ...site, name }], feeds: [] });
    expect(outlines(renderOpml(federation, []).body).map(({ text }) => text)).toContain(
      '"><outline/>&\ufffd]]>',
    );
  });
});
