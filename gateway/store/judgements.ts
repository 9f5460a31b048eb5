import { JUDGED, type Judgement, type ProblemFilter, type StoredProblem } from './problems.ts';
import type { Row } from './rows.ts';

/** A judgement as it is read back. */
export type StoredJudgement = Omit<Judgement, 'problems'> & { readonly problems: readonly StoredProblem[] };

/** Columns of `problem` that a filter's lists select by, with the same names on both engines. */
export const FILTERED = [
  ['site', 'sites'],
  ['source', 'sources'],
  ['subject', 'subjects'],
  ['id', 'ids'],
  ['rule', 'rules'],
  ['severity', 'severities'],
  ['consequence', 'consequences'],
] as const satisfies readonly (readonly [string, keyof ProblemFilter])[];

/** An id is only looked up together with what it is the id of: so the key of the table serves. */
export function withSubjects(filter: ProblemFilter): ProblemFilter {
  const bare = filter.ids?.length && !filter.subjects?.length;
  return bare ? { ...filter, subjects: JUDGED } : filter;
}

export function toProblem(row: Row): StoredProblem {
  return {
    n: Number(row.n),
    subject: row.subject as StoredProblem['subject'],
    id: String(row.id),
    site: String(row.site),
    ...(row.source === null ? {} : { source: String(row.source) }),
    rule: String(row.rule),
    severity: row.severity as StoredProblem['severity'],
    consequence: row.consequence as StoredProblem['consequence'],
    path: String(row.path),
    message: JSON.parse(String(row.message)) as StoredProblem['message'],
    ...(row.data === null
      ? {}
      : { data: JSON.parse(String(row.data)) as NonNullable<StoredProblem['data']> }),
    firstSeen: Number(row.first_seen),
  };
}

export function toJudgement(row: Row, problems: readonly StoredProblem[]): StoredJudgement {
  const { met, unknown } = JSON.parse(String(row.outcomes)) as Pick<Judgement, 'met' | 'unknown'>;
  return {
    subject: row.subject as Judgement['subject'],
    id: String(row.id),
    site: String(row.site),
    ...(row.source === null ? {} : { source: String(row.source) }),
    at: Number(row.at),
    pack: String(row.pack),
    score: { met: Number(row.met), known: Number(row.known), weight: Number(row.weight) },
    met,
    unknown,
    problems,
  };
}

/** Rows of a query over `judgement`, each with its problems. */
export function joined(
  judged: readonly Row[],
  problems: readonly Row[],
): ReadonlyMap<string, StoredJudgement> {
  const byId = Map.groupBy(problems.map(toProblem), ({ id }) => id);
  return new Map(judged.map(row => [String(row.id), toJudgement(row, byId.get(String(row.id)) ?? [])]));
}

/** Weights added up, one row a site, kind of subject and source. */
export function toScores(row: Row) {
  return {
    site: String(row.site),
    subject: row.subject as Judgement['subject'],
    ...optionalText('source', row.source),
    subjects: Number(row.subjects),
    score: { met: Number(row.met), known: Number(row.known), weight: Number(row.weight) },
  };
}

export function toSpread(row: Row) {
  return {
    rule: String(row.rule),
    severity: row.severity as Judgement['problems'][number]['severity'],
    subjects: Number(row.subjects),
  };
}

/** The columns that a judgement is compared by: equal ones are not written again. */
export function judgementColumns({ subject, id, site, source, at, pack, score, met, unknown }: Judgement) {
  return {
    subject,
    id,
    site,
    source: source ?? null,
    at,
    pack,
    met: score.met,
    known: score.known,
    weight: score.weight,
    outcomes: JSON.stringify({ met, unknown }),
  };
}

/** The last word on a subject counts, in one order everywhere, so that two transactions never wait for each other. */
export function lastWords(judgements: readonly Judgement[]): readonly Judgement[] {
  const bySubject = new Map(judgements.map(one => [`${one.subject} ${one.id}`, one]));
  return [...bySubject].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** One row a place: the first problem that is told of it. */
export function problemColumns({ subject, id, site, source, at, problems }: Judgement) {
  const places = new Map(problems.toReversed().map(one => [`${one.rule}\n${one.path}`, one]));
  const first = problems.filter(one => places.get(`${one.rule}\n${one.path}`) === one);
  return first.map(({ rule, severity, consequence, path, message, data }) => ({
    subject,
    id,
    site,
    source: source ?? null,
    rule,
    severity,
    consequence,
    path,
    message: JSON.stringify(message),
    data: data === undefined ? null : JSON.stringify(data),
    first_seen: at,
  }));
}

function optionalText<K extends string>(name: K, value: unknown): { readonly [n in K]?: string } {
  return value === null || value === undefined
    ? {}
    : ({ [name]: String(value) } as { readonly [n in K]?: string });
}
