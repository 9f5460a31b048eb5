import { expect, it } from '@jest/globals';
import type { AlarmEvent } from '../../schemas/alarms.ts';
import { seededFederation } from '../e2e/seed.ts';
import { compose } from './compose.ts';
import { lasting, plain } from './words.ts';

const AT = Date.parse('2026-11-23T10:00:00+07:00');
const by = { federation: seededFederation(), epoch: 'e' };
const event = (subject: string, more: Partial<AlarmEvent> = {}): AlarmEvent => ({
  phase: 'on',
  kind: 'source-failing',
  subject,
  at: AT,
  since: AT,
  sentence: { vi: `Đầu nối ${subject} lỗi.`, en: `Source ${subject} fails.` },
  ...more,
});

it('a storm is one message of a length that can be read, and its data is whole', () => {
  const events = Array.from({ length: 150 }, (_, n) => event(`a/${n}`));
  const message = compose('n', AT, { kind: 'alarm', events }, { language: 'vi' }, by);
  expect(message.subject).toBe('150 cảnh báo');
  expect(message.text.split('\n').filter(line => line.startsWith('Cảnh báo:'))).toHaveLength(100);
  expect(message.text).toContain('… và 50 việc nữa.');
  expect(message.body.alarms).toHaveLength(150);
});

it('has one id for one notice of one federation, and another for any other', () => {
  const id = (notice: string, epoch: string) =>
    compose(notice, AT, { kind: 'alarm', events: [] }, { language: 'vi' }, { ...by, epoch }).id;
  expect(new Set([id('a', 'e'), id('a', 'e'), id('b', 'e'), id('a', 'f')]).size).toBe(3);
});

it('is urgent when one of its alarms is, by the file’s word too', () => {
  const urgent = (alarms: object, ...events: AlarmEvent[]) =>
    compose(
      'n',
      AT,
      { kind: 'alarm', events },
      { language: 'vi' },
      { ...by, federation: { ...by.federation, alarms } },
    ).urgent;
  expect(urgent({}, event('a'))).toBe(false);
  expect(urgent({}, event('a'), event('b', { kind: 'disk-low' }))).toBe(true);
  expect(urgent({ 'source-failing': { urgent: true } }, event('a'))).toBe(true);
});

it.each([
  [0, 'chưa đến 1 phút', 'less than a minute'],
  [60_000, '1 phút', '1 min'],
  [135 * 60_000, '2 giờ 15 phút', '2 h 15 min'],
  [25 * 3_600_000 + 60_000, '1 ngày 1 giờ', '1 d 1 h'],
  [48 * 3_600_000, '2 ngày', '2 d'],
])('%i ms lasts %s', (milliseconds, vi, en) => {
  expect(lasting(milliseconds)).toEqual({ vi, en });
});

it('what a site wrote becomes one line without unseen signs, cut between letters', () => {
  expect(plain('a\r\nb\u0000c\u202Ed\u2028e')).toBe('a b c d e');
  expect(plain('😀'.repeat(200), 10)).toBe(`${'😀'.repeat(9)}…`);
  expect(plain('x\ud800y')).toBe('x\ufffdy');
});
