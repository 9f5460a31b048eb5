import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ALARM_KINDS } from '../schemas/alarms.ts';
import { CodedError } from '../schemas/errors.ts';
import { rules } from '../schemas/rules/index.ts';
import type { Fault } from './fault.ts';
import { readFederation } from './federation.ts';

const SITES = 'sites: [{ id: viec-lam, name: A, kind: unit, homepage: "https://a.example/" }]\n';
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const MAIL =
  'mail: { to: truc@bo.example, from: cong@bo.example, smtp: { host: thu.bo.example, user: cong, password: "${SMTP_PASSWORD}" } }';

function read(text: string, env: Record<string, string> = { SMTP_PASSWORD: 'bí mật', KEY: SECRET }) {
  const listen = { host: '127.0.0.1', port: 4000 };
  return readFederation({ text: SITES + text, path: 'f.yaml', env, connectors: [], rules, listen })
    .federation;
}

function faultsOf(text: string): readonly Fault[] {
  try {
    read(text);
  } catch (thrown) {
    if (thrown instanceof CodedError) return thrown.data.faults as readonly Fault[];
  }
  return [];
}

describe('alerts of the federation file', () => {
  it('are nobody’s when nothing is said', () => {
    expect(read('')).toMatchObject({ alerts: [], alarms: {} });
  });

  it('go by mail, enciphered, with a digest at eight, unless something else is said', () => {
    expect(read(`alerts: [{ ${MAIL} }]\n`).alerts).toEqual([
      {
        id: 'truc@bo.example',
        to: {
          mail: {
            to: ['truc@bo.example'],
            from: 'cong@bo.example',
            smtp: { host: 'thu.bo.example', port: 587, tls: 'starttls', user: 'cong', password: 'bí mật' },
          },
        },
        kinds: [],
        sites: [],
        digest: 480,
        language: 'vi',
      },
    ]);
  });

  it('go by webhook, filtered, silent at night, in English', () => {
    const text = `gateway: { language: en }
alerts:
  - id: chat
    webhook: { url: "https://chat.example/in", secret: "\${KEY}", format: chat }
    for: [source-failing, takedown-slow, "site:viec-lam"]
    quiet: "22:00-06:30"
    digest: false
`;
    expect(read(text).alerts).toEqual([
      {
        id: 'chat',
        to: { webhook: { url: 'https://chat.example/in', secret: SECRET, format: 'chat' } },
        kinds: ['source-failing', 'takedown-slow'],
        sites: ['viec-lam'],
        quiet: { from: 1320, to: 390 },
        language: 'en',
      },
    ]);
  });

  it('can have each threshold changed, by the measure that is the kind’s own', () => {
    const text =
      'alarms: { source-failing: { after: 2h, urgent: true }, disk-low: { free: 5GiB }, key-ending: { off: true } }\n';
    expect(read(text).alarms).toEqual({
      'source-failing': { urgent: true, threshold: 7_200_000 },
      'disk-low': { threshold: 5 * 1024 ** 3 },
      'key-ending': { off: true },
    });
  });

  it.each<[string, string, string, string]>([
    ['no target', 'alerts: [{ for: [disk-low] }]', 'alerts[0]', 'mail hoặc webhook'],
    [
      'two targets',
      `alerts: [{ ${MAIL}, webhook: { url: "https://c.example/", secret: "\${KEY}" } }]`,
      'alerts[0]',
      'đúng một',
    ],
    [
      'a slip in a kind',
      `alerts: [{ ${MAIL}, for: [source-faling] }]`,
      'alerts[0].for[0]',
      'source-failing?',
    ],
    [
      'an unknown site',
      `alerts: [{ ${MAIL}, for: ["site:viec-lan"] }]`,
      'alerts[0].for[0]',
      'site:viec-lam?',
    ],
    ['a time that is none', `alerts: [{ ${MAIL}, digest: "8 giờ" }]`, 'alerts[0].digest', '08:00'],
    ['quiet hours that are none', `alerts: [{ ${MAIL}, quiet: "22-6" }]`, 'alerts[0].quiet', '22:00-06:00'],
    ['a silence without end', `alerts: [{ ${MAIL}, quiet: "22:00-22:00" }]`, 'alerts[0].quiet', 'trùng nhau'],
    [
      'an address with a line break',
      `alerts: [{ mail: { to: "a@b.example\\r\\nBcc: c@d.example", from: c@b.example, smtp: { host: m } } }]`,
      'alerts[0].mail.to',
      'địa chỉ thư',
    ],
    [
      'a password in the clear',
      'alerts: [{ mail: { to: a@b.example, from: c@b.example, smtp: { host: m.example, tls: none, user: a, password: b } } }]',
      'alerts[0].mail.smtp.tls',
      'không mã hoá',
    ],
    [
      'a user without a password',
      'alerts: [{ mail: { to: a@b.example, from: c@b.example, smtp: { host: m.example, user: a } } }]',
      'alerts[0].mail.smtp',
      'đi cùng nhau',
    ],
    [
      'an unsigned webhook',
      'alerts: [{ webhook: { url: "https://c.example/" } }]',
      'alerts[0].webhook.secret',
      'khoá ký',
    ],
    ['one name twice', `alerts: [{ id: a, ${MAIL} }, { id: a, ${MAIL} }]`, 'alerts[1].id', 'đã có kênh a'],
    ['a slip in a kind’s name', 'alarms: { disk-lo: { off: true } }', 'alarms.disk-lo', 'disk-low?'],
    [
      'another kind’s measure',
      'alarms: { disk-low: { after: 6h } }',
      'alarms.disk-low.after',
      'không có khoá này',
    ],
    [
      'a measure that is none',
      'alarms: { hold-waiting: { after: 1 ngày } }',
      'alarms.hold-waiting.after',
      'không phải khoảng',
    ],
  ])('refuses %s, with its place and what to do', (_what, text, path, words) => {
    const faults = faultsOf(`${text}\n`);
    expect(faults.map(fault => fault.path)).toEqual([path]);
    expect(`${faults[0]?.message} ${faults[0]?.remedy}`).toContain(words);
    expect(faults[0]?.line).toBe(2);
  });

  it('never shows a password', () => {
    const told = faultsOf(`alerts: [{ ${MAIL.replace('to: truc@bo.example', 'to: "${SMTP_PASSWORD}"')} }]\n`);
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain('bí mật');
  });
});

it('the operators’ table has a line for every kind', () => {
  const table = readFileSync(new URL('../README.vi.md', import.meta.url), 'utf8');
  for (const { id, title } of ALARM_KINDS) expect(table).toContain(`| ${title.vi} \`${id}\` |`);
});

it('every kind has an id of its own, words in both languages, and a measure where it has a threshold', () => {
  expect(new Set(ALARM_KINDS.map(({ id }) => id)).size).toBe(ALARM_KINDS.length);
  for (const { id, title, about } of ALARM_KINDS) {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    for (const words of [title, about]) expect([words.vi, words.en]).not.toContain('');
  }
});
