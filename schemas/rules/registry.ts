import { readDate } from '../dates.ts';
import type { Instant } from '../instant.ts';

/** A site's hand-kept record, as far as it can be read; the federation file keeps it free-form. */
export interface Registry {
  readonly ownerName?: string;
  readonly governingBody?: string;
  readonly agencyId?: string;
  readonly agency?: string;
  readonly emcSiteId?: string;
  /** Days between two items, at most. */
  readonly cadenceDays?: number;
  readonly launched?: Instant;
  readonly aggregatorLicence?: Licence;
  readonly security?: Security;
  readonly monitoring?: Monitoring;
}
export interface Licence {
  readonly no?: string;
  readonly date?: Instant;
  readonly issuer?: string;
  readonly expires?: Instant;
}
export interface Security {
  readonly level?: number;
  readonly decisionNo?: string;
  readonly decisionDate?: Instant;
  readonly approver?: string;
  readonly lastReviewed?: Instant;
  /** `sha256:…` of the attached decision. */
  readonly fileHash?: string;
}
export interface Monitoring {
  readonly centre?: string;
  readonly connectedAt?: Instant;
  readonly minutesNo?: string;
  readonly socContact?: boolean;
  readonly contactConfirmed?: Instant;
}

/** Total. Undefined when the record says nothing at all: what rests on it is then unknown, not failed. */
export function readRegistry(record: Readonly<Record<string, unknown>>): Registry | undefined {
  if (Object.keys(record).length === 0) return undefined;
  const licence = block(record.aggregatorLicence);
  const security = block(record.security);
  const monitoring = block(record.monitoring);
  return compact({
    ownerName: text(record.ownerName ?? record.owner),
    governingBody: text(record.governingBody),
    agencyId: text(record.agencyId),
    agency: text(record.agency),
    emcSiteId: text(record.emcSiteId),
    cadenceDays: count(record.cadenceDays ?? record.cadence),
    launched: day(record.launchDate),
    aggregatorLicence:
      licence &&
      compact({
        no: text(licence.no),
        date: day(licence.date),
        issuer: text(licence.issuer),
        expires: day(licence.expires),
      }),
    security:
      security &&
      compact({
        level: count(security.level),
        decisionNo: text(security.decisionNo),
        decisionDate: day(security.decisionDate),
        approver: text(security.approver),
        lastReviewed: day(security.lastReviewedAt),
        fileHash: text(security.fileHash),
      }),
    monitoring:
      monitoring &&
      compact({
        centre: text(monitoring.centre),
        connectedAt: day(monitoring.connectedAt),
        minutesNo: text(monitoring.minutesNo),
        socContact: text(monitoring.socContact) !== undefined || undefined,
        contactConfirmed: day(monitoring.contactConfirmedAt),
      }),
  });
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function compact<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>;
}

function block(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function text(value: unknown): string | undefined {
  return (typeof value === 'string' || typeof value === 'number') && String(value).trim() !== ''
    ? String(value).trim().slice(0, 300)
    : undefined;
}

function count(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}

function day(value: unknown): Instant | undefined {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.getTime();
  return typeof value === 'string' ? readDate(value, { order: 'dmy' })?.at : undefined;
}
