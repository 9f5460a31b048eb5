import type { AlarmEvent } from '../../schemas/alarms.ts';
import type { Instant } from '../../schemas/instant.ts';
import type { Alarm } from '../../schemas/records.ts';
import type { Kept } from '../store/records.ts';
import type { Sighting } from './watch.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** An alarm that is over is remembered so long, for lists and for what flaps. */
const REMEMBERED = 90 * DAY;
/** Who came on twice in a day must be well for this long before it counts as over, then twice as long each time. */
const CALM = { first: 10 * MINUTE, longest: 360 * MINUTE } as const;

export type KeptAlarm = Kept<'alarm'>;

/** What one look makes of one alarm. */
export interface Move {
  /** As it is kept from now on; absent: forgotten. */
  readonly kept?: KeptAlarm;
  /** What is to be told. */
  readonly phase?: AlarmEvent['phase'];
}

/** Undefined when nothing changes. Pure: whoever looks again at the same gets the same. */
export function moveOn(
  kept: KeptAlarm | undefined,
  seen: Sighting | undefined,
  now: Instant,
): Move | undefined {
  if (seen) return kept?.state === 'open' ? stillOn(kept, seen) : comesOn(kept, seen, now);
  if (kept?.state === 'pending') return {};
  return kept?.state === 'open' ? goesOff(kept, now) : undefined;
}

function comesOn(kept: KeptAlarm | undefined, seen: Sighting, now: Instant): Move | undefined {
  const { kind, subject, site, since, step = 0, sentence, settle = 0 } = seen;
  const firstSeen = kept?.state === 'pending' ? kept.at : now;
  const isOn = now - firstSeen >= settle;
  if (!isOn && kept?.state === 'pending') return undefined;
  const openings = (kept?.document.openings ?? []).filter(at => at > now - DAY);
  const document: Alarm = {
    kind,
    subject,
    since,
    step,
    sentence,
    openings: isOn ? [...openings, now] : openings,
    told: [],
  };
  const next: KeptAlarm = {
    kind: 'alarm',
    id: alarmId(seen),
    ...(site !== undefined && { site }),
    state: isOn ? 'open' : 'pending',
    at: now,
    document,
  };
  return { kept: next, ...(isOn && { phase: 'on' as const }) };
}

function stillOn(kept: KeptAlarm, seen: Sighting): Move | undefined {
  const { clearSince, ...document } = kept.document;
  const { step = 0, sentence } = seen;
  const isWorse = step > document.step;
  const isSame = sentence.vi === document.sentence.vi && !isWorse && clearSince === undefined;
  if (isSame) return undefined;
  return {
    kept: { ...kept, document: { ...document, step: Math.max(step, document.step), sentence } },
    ...(isWorse && { phase: 'worse' as const }),
  };
}

function goesOff(kept: KeptAlarm, now: Instant): Move | undefined {
  const { clearSince = now, ...document } = kept.document;
  if (now - clearSince >= calmFor(document.openings, now))
    return {
      kept: {
        ...kept,
        state: 'over',
        due: now + REMEMBERED,
        document: { ...document, closed: clearSince },
      },
      phase: 'over',
    };
  if (kept.document.clearSince !== undefined) return undefined;
  return { kept: { ...kept, document: { ...document, clearSince } } };
}

function calmFor(openings: readonly Instant[], now: Instant): number {
  const often = openings.filter(at => at > now - DAY).length;
  return often < 2 ? 0 : Math.min(CALM.first * 2 ** Math.min(often - 2, 20), CALM.longest);
}

export function alarmId({ kind, subject }: Pick<Sighting, 'kind' | 'subject'>): string {
  return `${kind}:${subject}`;
}
