import {
  FILTERED,
  joined,
  judgementColumns,
  problemColumns,
  toProblem,
  toScores,
  toSpread,
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
      const text = `SELECT * FROM problem ${where(sql)} ORDER BY n DESC LIMIT ?`;
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
      const { sql, values } = conditions(filter);
      const text = `SELECT rule, min(severity) AS severity, count(DISTINCT id) AS subjects FROM problem ${where(sql)}
        GROUP BY rule ORDER BY subjects DESC, rule`;
      return db.all(text, ...values).map(toSpread);
    },
    async unjudged(site, pack, limit) {
      const rows = db.all(
        `SELECT item.id FROM item LEFT JOIN judgement ON judgement.subject = 'item' AND judgement.id = item.id
         WHERE item.site = ? AND item.visibility <> 'WITHDRAWN' AND judgement.pack IS NOT ?
         ORDER BY item.n DESC LIMIT ?`,
        site,
        pack,
        limit,
      );
      return rows.map(({ id }) => String(id));
    },
  };
}

export function writeProblems(db: Connection): ProblemWriter {
  return {
    async save(judgements) {
      for (const judgement of judgements) saveOne(db, judgement);
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
     WHERE (pack, outcomes, met, known, weight) IS NOT (excluded.pack, excluded.outcomes, excluded.met, excluded.known, excluded.weight)`,
    ...Object.values(row),
  );
  saveProblems(db, judgement);
}

/** What is found again at its place stays as it is, first sight and all. */
function saveProblems(db: Connection, judgement: Judgement): void {
  const before = problemsOf(db, judgement.subject, [judgement.id]);
  const wanted = problemColumns(judgement);
  if (before.length === 0 && wanted.length === 0) return;
  const known = new Map(before.map(row => [place(row), row]));
  const kept = new Set<string>();
  for (const row of wanted) {
    const old = known.get(place(row));
    if (kept.has(place(row))) continue;
    kept.add(place(row));
    if (old && sameProblem(old, row)) continue;
    if (old) db.run('DELETE FROM problem WHERE n = ?', Number(old.n));
    const values = Object.values({ ...row, first_seen: old ? Number(old.first_seen) : row.first_seen });
    db.run(
      `INSERT INTO problem (subject, id, site, source, rule, severity, consequence, path, message, data, first_seen)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...values,
    );
  }
  for (const [key, { n }] of known) if (!kept.has(key)) db.run('DELETE FROM problem WHERE n = ?', Number(n));
}

const place = ({ rule, path }: Row | { rule: string; path: string }): string => `${rule}\n${path}`;

function sameProblem(old: Row, row: Readonly<Record<string, unknown>>): boolean {
  return ['severity', 'consequence', 'message', 'data'].every(name => old[name] === row[name]);
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
    const wanted = filter[name];
    if (!wanted || wanted.length === 0) continue;
    sql.push(`${column} IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(wanted));
  }
  return { sql, values };
}

function where(sql: readonly string[]): string {
  return sql.length === 0 ? '' : `WHERE ${sql.join(' AND ')}`;
}
