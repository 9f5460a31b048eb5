import type { AlarmEvent, AlertChannel, QuietHours } from '../../schemas/alarms.ts';
import { alarmKind } from '../../schemas/alarms.ts';
import type { Federation } from '../../schemas/federation.ts';
import { type Instant, startOfHanoiDay } from '../../schemas/instant.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Is this channel told of such an alarm? Kinds and sites of its `for` are each OR, together AND. */
export function concerns(
  { id, kinds, sites }: Pick<AlertChannel, 'id' | 'kinds' | 'sites'>,
  { kind, subject, site }: Pick<AlarmEvent, 'kind' | 'subject' | 'site'>,
): boolean {
  // Through a channel that fails nobody can be told that it fails.
  if (kind === 'channel-failing' && subject === id) return false;
  if (kinds.length > 0 && !kinds.includes(kind)) return false;
  return sites.length === 0 || (site !== undefined && sites.includes(site));
}

export function isUrgent(
  { alarms }: Pick<Federation, 'alarms'>,
  { kind }: Pick<AlarmEvent, 'kind'>,
): boolean {
  return alarms?.[kind]?.urgent ?? alarmKind(kind).urgent;
}

/** When the quiet hours end that this moment lies in; undefined outside them. */
export function quietUntil(quiet: QuietHours | undefined, now: Instant): Instant | undefined {
  if (!quiet) return undefined;
  const midnight = startOfHanoiDay(now);
  const minute = Math.floor((now - midnight) / MINUTE);
  const { from, to } = quiet;
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return undefined;
  const end = midnight + to * MINUTE;
  return end > now ? end : end + DAY;
}
