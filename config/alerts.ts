import {
  ALARM_KIND_IDS,
  type AlarmChanges,
  type AlarmKindId,
  type AlertChannel,
  type SmtpSettings,
  THRESHOLDS,
} from '../schemas/alarms.ts';
import { type AlertsFile, SMTP_PORTS } from './alerts-options.ts';
import type { Finding } from './fault.ts';
import { nearest } from './nearest.ts';
import type { FederationFile } from './options.ts';

type Entry = AlertsFile[number];
const SITE = 'site:';

/** The channels of `alerts`, as they are used. */
export function alertChannels({ alerts, gateway }: FederationFile): AlertChannel[] {
  const usual = /^en\b/i.test(gateway.language) ? 'en' : 'vi';
  return alerts.map((entry, index): AlertChannel => {
    const quiet = entry.quiet?.split('-').map(minutesOf);
    const [from, to] = quiet ?? [];
    return {
      id: nameOf(entry, index),
      to: targetOf(entry),
      kinds: entry.for.filter(isKind),
      sites: entry.for.filter(one => one.startsWith(SITE)).map(one => one.slice(SITE.length)),
      ...(from !== undefined && to !== undefined && { quiet: { from, to } }),
      ...(entry.digest !== false && { digest: minutesOf(entry.digest) }),
      language: entry.language ?? usual,
    };
  });
}

/** `alarms`, its measures under one name whatever they measure. */
export function alarmChanges({ alarms }: FederationFile): AlarmChanges {
  const changed = Object.entries(alarms).map(([id, change]) => {
    const { off, urgent, ...measures } = change as Readonly<Record<string, number | boolean | undefined>>;
    const threshold = THRESHOLDS.map(name => measures[name]).find(value => typeof value === 'number');
    return [
      id,
      {
        ...(off !== undefined && { off }),
        ...(urgent !== undefined && { urgent }),
        ...(threshold !== undefined && { threshold }),
      },
    ];
  });
  return Object.fromEntries(changed) as AlarmChanges;
}

/** What channels say of kinds and sites, and their names, once each. */
export function checkAlerts({ alerts, sites }: FederationFile): Finding[] {
  const siteIds = sites.map(({ id }) => id);
  const names = alerts.map(nameOf);
  return alerts.flatMap((entry, index) => {
    const at = ['alerts', index];
    const twice = names.indexOf(names[index] ?? '') < index;
    const told = twice && [
      {
        at: [...at, 'id'],
        message: `đã có kênh ${names[index]} ở trên.`,
        remedy: 'đặt id khác nhau cho từng kênh.',
      },
    ];
    return [
      ...(told || []),
      ...entry.for.flatMap((word, place) => strange(word, siteIds, [...at, 'for', place])),
    ];
  });
}

function strange(word: string, siteIds: readonly string[], at: readonly PropertyKey[]): Finding[] {
  if (isKind(word) || (word.startsWith(SITE) && siteIds.includes(word.slice(SITE.length)))) return [];
  const known = [...ALARM_KIND_IDS, ...siteIds.map(id => SITE + id)];
  const meant = nearest(word, known);
  const list = word.startsWith(SITE) ? siteIds.map(id => SITE + id) : ALARM_KIND_IDS;
  const remedy = meant === undefined ? `chọn trong: ${list.slice(0, 30).join(', ')}.` : `ý bạn là ${meant}?`;
  return [{ at, message: `không có loại cảnh báo hay trang ${word}.`, remedy }];
}

function isKind(word: string): word is AlarmKindId {
  return ALARM_KIND_IDS.some(id => id === word);
}

function nameOf({ id, mail, webhook }: Entry, index: number): string {
  if (id !== undefined) return id;
  if (mail) return [mail.to].flat()[0] ?? `mail-${index}`;
  return webhook ? (URL.parse(webhook.url)?.host ?? `webhook-${index}`) : `alerts-${index}`;
}

function targetOf({ mail, webhook }: Entry): AlertChannel['to'] {
  if (webhook) {
    const { secret, ...rest } = webhook;
    return { webhook: { ...rest, ...(secret !== undefined && { secret }) } };
  }
  // The schema has seen to it that there is one of the two.
  const { to, from, smtp } = mail as NonNullable<Entry['mail']>;
  return { mail: { to: [to].flat(), from, smtp: smtpOf(smtp) } };
}

function smtpOf({ host, port, tls, user, password, ca }: NonNullable<Entry['mail']>['smtp']): SmtpSettings {
  return {
    host,
    port: port ?? SMTP_PORTS[tls],
    tls,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ca }),
  };
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
