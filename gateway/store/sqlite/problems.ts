import { setImmediate } from 'node:timers/promises';
import {
  FILTERED,
  joined,
  judgementColumns,
  lastWords,
  problemColumns,
  toProblem,
  toScores,
  toSpread,
  withSubjects,
} from '../judgements.ts';
import type { JudgedKind, Judgement, ProblemFilter, ProblemReader, ProblemWriter } from '../problems.ts';
import type { Row } from '../rows.ts';
import type { Connection, Value } from './database.ts';

export function readProblems(db: Connection): ProblemReader {
  return {
    async page({ filter, first, after }) {
      const { sql, values } = conditions(filter);
      if (after !== undefined) sql.push('n < ?');
      if (after !== undefined) values.push(after);
      const text = `SELECT * FROM problem ${indexFor(filter)} ${where(sql)} ORDER BY n DESC LIMIT ?`;
      return db.all(text, ...values, first).map(toProblem);
    },
    async of(subject, ids) {
      const judged = db.all(
        'SELECT * FROM judgement WHERE subject = ? AND id IN (SELECT value FROM json_each(?))',
        subject,
        JSON.stringify(ids),
      );
      return joined(judged, problemsOf(db, subject, ids));
    },
    async scores() {
      return db
        .all(
          `SELECT site, subject, source, count(*) AS subjects, sum(met) AS met, sum(known) AS known, sum(weight) AS weight
           FROM judgement GROUP BY site, subject, source`,
        )
        .map(toScores);
    },
    async spread(filter) {
      const found: ReturnType<typeof toSpread>[] = [];
      // A statement a rule, and others are served in between: all at once would block the thread for seconds.
      for (const rule of filter.rules?.length ? new Set(filter.rules) : rulesFound(db)) {
        const one = { ...filter, rules: [rule] };
        const { sql, values } = conditions(one);
        const text = `SELECT ? AS rule, min(severity) AS severity, count(DISTINCT id) AS subjects FROM problem ${indexFor(one)} ${where(sql)}`;
        const row = db.get(text, rule, ...values);
        if (row && Number(row.subjects) > 0) found.push(toSpread(row));
        await setImmediate();
      }
      return found.sort((a, b) => b.subjects - a.subjects || (a.rule < b.rule ? -1 : 1));
    },
    async unjudged(site, pack, limit) {
      const found: string[] = [];
      for (let before = Number.MAX_SAFE_INTEGER; found.length < limit; ) {
        const from = Number(db.get(WINDOW, site, before, LOOKED_THROUGH - 1)?.n ?? 0);
        const rows = db.all(UNJUDGED, site, from, before, pack, limit - found.length);
        found.push(...rows.map(({ id }) => String(id)));
        if (from === 0) break;
        before = from;
        await setImmediate();
      }
      return found;
    },
  };
}

export function writeProblems(db: Connection): ProblemWriter {
  return {
    async save(judgements) {
      for (const judgement of lastWords(judgements)) saveOne(db, judgement);
    },
    async forget(subject, ids) {
      for (const table of ['problem', 'judgement'])
        db.run(
          `DELETE FROM ${table} WHERE subject = ? AND id IN (SELECT value FROM json_each(?))`,
          subject,
          JSON.stringify(ids),
        );
    },
  };
}

function saveOne(db: Connection, judgement: Judgement): void {
  const row = judgementColumns(judgement);
  db.run(
    `INSERT INTO judgement (subject, id, site, source, at, pack, met, known, weight, outcomes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (subject, id) DO UPDATE SET (site, source, at, pack, met, known, weight, outcomes)
       = (excluded.site, excluded.source, excluded.at, excluded.pack, excluded.met, excluded.known, excluded.weight, excluded.outcomes)
     WHERE (site, source, pack, outcomes, met, known, weight)
       IS NOT (excluded.site, excluded.source, excluded.pack, excluded.outcomes, excluded.met, excluded.known, excluded.weight)`,
    ...Object.values(row),
  );
  saveProblems(db, judgement);
}

/** What is found again at its place stays as it is, first sight and all. */
function saveProblems(db: Connection, judgement: Judgement): void {
  const gone = new Map(
    problemsOf(db, judgement.subject, [judgement.id]).map(row => [`${row.rule}\n${row.path}`, Number(row.n)]),
  );
  for (const row of problemColumns(judgement)) {
    gone.delete(`${row.rule}\n${row.path}`);
    db.run(
      `INSERT INTO problem (subject, id, site, source, rule, severity, consequence, path, message, data, first_seen)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (subject, id, rule, path) DO UPDATE SET (site, source, severity, consequence, message, data)
         = (excluded.site, excluded.source, excluded.severity, excluded.consequence, excluded.message, excluded.data)
       WHERE (site, source, severity, consequence, message, data)
         IS NOT (excluded.site, excluded.source, excluded.severity, excluded.consequence, excluded.message, excluded.data)`,
      ...Object.values(row),
    );
  }
  for (const n of gone.values()) db.run('DELETE FROM problem WHERE n = ?', n);
}

/** Items looked through by one statement: some milliseconds. */
const LOOKED_THROUGH = 5_000;

const WINDOW = `SELECT n FROM item WHERE site = ? AND visibility <> 'WITHDRAWN' AND n < ? ORDER BY n DESC LIMIT 1 OFFSET ?`;
const UNJUDGED = `SELECT item.id FROM item LEFT JOIN judgement ON judgement.subject = 'item' AND judgement.id = item.id
  WHERE item.site = ? AND item.visibility <> 'WITHDRAWN' AND item.n >= ? AND item.n < ? AND judgement.pack IS NOT ?
  ORDER BY item.n DESC LIMIT ?`;

/** From rule to rule by the index, never through all problems. */
function* rulesFound(db: Connection): Generator<string> {
  for (let last = ''; ; ) {
    const row = db.get('SELECT rule FROM problem WHERE rule > ? ORDER BY rule LIMIT 1', last);
    if (!row) return;
    last = String(row.rule);
    yield last;
  }
}

function problemsOf(db: Connection, subject: JudgedKind, ids: readonly string[]): Row[] {
  return db.all(
    'SELECT * FROM problem WHERE subject = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY n',
    subject,
    JSON.stringify(ids),
  );
}

function conditions(filter: ProblemFilter): { sql: string[]; values: Value[] } {
  const sql: string[] = [];
  const values: Value[] = [];
  for (const [column, name] of FILTERED) {
    const wanted = withSubjects(filter)[name];
    if (!wanted || wanted.length === 0) continue;
    sql.push(`${column} IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(wanted));
  }
  // Said in these words, so that the indexes that are made for them can serve.
  if (without(filter.subjects, 'item')) sql.push(`subject <> 'item'`);
  if (without(filter.consequences, 'score')) sql.push(`consequence <> 'score'`);
  return { sql, values };
}

function without<T>(wanted: readonly T[] | undefined, common: T): boolean {
  return wanted !== undefined && wanted.length > 0 && !wanted.includes(common);
}

/** The planner, with and without statistics, walks through far too much for some filters: it is told what to use. */
function indexFor({ sites, sources, subjects, ids, rules, severities, consequences }: ProblemFilter): string {
  if (ids?.length) return '';
  const columns = [
    [without(subjects, 'item'), 'INDEXED BY problem_not_item'],
    [sites?.length && rules?.length, 'INDEXED BY problem_site_rule'],
    [sources?.length, 'INDEXED BY problem_source'],
    [without(consequences, 'score'), 'INDEXED BY problem_acting'],
    [sites?.length && severities?.length, 'INDEXED BY problem_site_severity'],
    [sites?.length, 'INDEXED BY problem_site'],
    [rules?.length, 'INDEXED BY problem_rule'],
    [severities?.length, 'INDEXED BY problem_severity'],
  ] as const;
  return columns.find(([asked]) => asked)?.[1] ?? 'NOT INDEXED';
}

function where(sql: readonly string[]): string {
  return sql.length === 0 ? '' : `WHERE ${sql.join(' AND ')}`;
}
