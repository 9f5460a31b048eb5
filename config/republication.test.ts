import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { CodedError } from '../schemas/errors.ts';
import { rules } from '../schemas/rules/index.ts';
import { readFederation } from './federation.ts';

const connectors = [{ id: 'feed', options: z.strictObject({ url: z.url() }) }];

function read(more: string) {
  const text = `sites:
  - { id: bao-a, name: Báo A, kind: press, homepage: https://bao-a.example }
  - id: viec-lam
    name: Cục Việc làm
    kind: unit
    homepage: https://viec-lam.example
    exceptions: [{ rule: media-alt, reason: Đang sửa kho ảnh cũ, author: Nguyễn Văn A, until: 2026-12-31 }]
${more}
`;
  return readFederation({
    text,
    path: 'thu.yaml',
    env: {},
    connectors,
    rules,
    listen: { host: '127.0.0.1', port: 1 },
  }).federation;
}

function faultOf(more: string): string {
  try {
    read(more);
  } catch (thrown) {
    if (thrown instanceof CodedError) return JSON.stringify(thrown.data.faults);
    throw thrown;
  }
  return '';
}

const HASH = `sha256:${'a'.repeat(64)}`;

describe('republication in the federation file', () => {
  it('has the usual limits when it says nothing', () => {
    const { republication, guidelines } = read('');
    expect(republication.press).toEqual({
      mode: 'headline-link',
      minDelay: 3_600_000,
      liveFor: 604_800_000,
      probeEvery: 5_400_000,
      hideAfter: 7_200_000,
      removeWithin: 10_800_000,
    });
    expect(guidelines.pack.id).toBe('vn');
    expect(guidelines.exceptions).toEqual([
      {
        rule: 'media-alt',
        site: 'viec-lam',
        reason: 'Đang sửa kho ảnh cũ',
        author: 'Nguyễn Văn A',
        until: Date.parse('2026-12-31T23:59:59.999+07:00'),
      },
    ]);
  });

  it('reads an agreement to the last second of its last day in Hanoi', () => {
    const { republication } = read(
      `republication: { agreements: [{ site: bao-a, media: true, validUntil: 2027-12-31, document: "${HASH}" }] }`,
    );
    expect(republication.agreements).toEqual([
      {
        id: 'bao-a-2027-12-31',
        site: 'bao-a',
        parties: [],
        mode: 'full-text',
        media: true,
        audience: 'public',
        document: HASH,
        correctionsAtOnce: false,
        from: 0,
        until: Date.parse('2027-12-31T23:59:59.999+07:00'),
      },
    ]);
  });

  it.each([
    ['a delay below an hour', 'republication: { press: { minDelay: 59m } }', 'minDelay'],
    [
      'an agreed delay below an hour',
      `republication: { agreements: [{ site: bao-a, delay: 10m, validUntil: 2027-12-31, document: "${HASH}" }] }`,
      'delay',
    ],
    [
      'an override of the delay below an hour',
      'guidelines: { overrides: { republish-min-delay: { parameters: { pressMinDelayMinutes: 5 } } } }',
      'pressMinDelayMinutes',
    ],
    ['removal later than three hours', 'republication: { press: { removeWithin: 4h } }', 'removeWithin'],
    [
      'an agreement with a site that is no paper',
      `republication: { agreements: [{ site: viec-lam, validUntil: 2027-12-31, document: "${HASH}" }] }`,
      'không có trang báo chí viec-lam',
    ],
    [
      'a document that is no hash',
      'republication: { agreements: [{ site: bao-a, validUntil: 2027-12-31, document: "sha256:00" }] }',
      'sha256',
    ],
    [
      'an override of an unknown rule',
      'guidelines: { overrides: { media-alts: { severity: should } } }',
      'media-alt',
    ],
    ['an unknown pack', 'guidelines: { pack: vn-2030 }', 'pack'],
  ])('refuses %s', (_what, text, said) => {
    expect(faultOf(text)).toContain(said);
  });
});
