import { describe, expect, it } from '@jest/globals';
import { rules } from '../schemas/rules/index.ts';
import { readFederation } from './federation.ts';

const SITES = 'sites: [{ id: a, name: A, kind: unit, homepage: "https://a.example/" }]\n';
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

function read(callbacks: string, env: Record<string, string> = { KEY: SECRET }) {
  const text = `${SITES}callbacks: ${callbacks}\n`;
  const listen = { host: '127.0.0.1', port: 4000 };
  return readFederation({ text, path: 'f.yaml', env, connectors: [], rules, listen }).federation.callbacks;
}

describe('callbacks of the federation file', () => {
  it('opens the hub and calls no private network when nothing is said', () => {
    expect(read('{}')).toMatchObject({ hub: true, allowNetworks: [], webhooks: [], signature: 'sha256' });
  });

  it('takes a webhook’s secret from the environment, and fills in what it leaves out', () => {
    const { webhooks } = read('{ webhooks: [{ id: cong, url: "https://c.example/in", secret: "${KEY}" }] }');
    expect(webhooks).toEqual([
      {
        id: 'cong',
        url: 'https://c.example/in',
        secret: SECRET,
        select: { sites: [], topics: [], kinds: [] },
        events: ['put', 'tombstone'],
        backfill: false,
      },
    ]);
  });

  it.each([
    ['a secret that is none', '{ webhooks: [{ id: c, url: "https://c.example/", secret: abc }] }'],
    ['a short secret', '{ webhooks: [{ id: c, url: "https://c.example/", secret: whsec_YWJj }] }'],
    ['no secret', '{ webhooks: [{ id: c, url: "https://c.example/" }] }'],
    ['no web address', '{ webhooks: [{ id: c, url: "ftp://c.example/", secret: "${KEY}" }] }'],
    [
      'an unknown site',
      '{ webhooks: [{ id: c, url: "https://c.example/", secret: "${KEY}", select: { sites: [b] } }] }',
    ],
    [
      'two of one name',
      '{ webhooks: [{ id: c, url: "https://c.example/", secret: "${KEY}" }, { id: c, url: "https://d.example/", secret: "${KEY}" }] }',
    ],
  ])('refuses %s, and never shows a secret', (_what, callbacks) => {
    const hidden = 'abc-not-a-secret';
    expect(() => read(callbacks)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    let told = '';
    try {
      read(callbacks.replace('secret: abc', 'secret: "${KEY}"'), { KEY: hidden });
    } catch (thrown) {
      told = JSON.stringify(thrown, Object.getOwnPropertyNames(thrown));
    }
    expect(told).not.toContain(hidden);
  });
});
