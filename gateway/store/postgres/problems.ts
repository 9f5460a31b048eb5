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
import type { Judgement, ProblemFilter, ProblemReader, ProblemWriter } from '../problems.ts';
import { parameters, type Queryable } from './query.ts';

export function readProblems(db: Queryable): ProblemReader {
  return {
    async page({ filter, first, after }) {
      const { sql, values, add } = conditions(filter);
      if (after !== undefined) sql.push(`n < ${add(after)}`);
      const text = `SELECT * FROM problem ${where(sql)} ORDER BY n DESC LIMIT ${add(first)}`;
      return (await db.query(text, values)).rows.map(toProblem);
    },
    async of(subject, ids) {
      const [judged, problems] = await Promise.all([
        db.query('SELECT * FROM judgement WHERE subject = $1 AND id = ANY($2)', [subject, ids]),
        db.query('SELECT * FROM problem WHERE subject = $1 AND id = ANY($2) ORDER BY n', [subject, ids]),
      ]);
      return joined(judged.rows, problems.rows);
    },
    async scores() {
      const { rows } = await db.query(
        `SELECT site, subject, source, count(*) AS subjects, sum(met) AS met, sum(known) AS known, sum(weight) AS weight
         FROM judgement GROUP BY site, subject, source`,
      );
      return rows.map(toScores);
    },
    async spread(filter) {
      const { sql, values } = conditions(filter);
      const { rows } = await db.query(
        `SELECT rule, min(severity) AS severity, count(DISTINCT id) AS subjects FROM problem ${where(sql)}
         GROUP BY rule ORDER BY subjects DESC, rule`,
        values,
      );
      return rows.map(toSpread);
    },
    async unjudged(site, pack, limit) {
      const { rows } = await db.query(
        `SELECT item.id FROM item LEFT JOIN judgement ON judgement.subject = 'item' AND judgement.id = item.id
         WHERE item.site = $1 AND item.visibility <> 'WITHDRAWN' AND judgement.pack IS DISTINCT FROM $2
         ORDER BY item.n DESC LIMIT $3`,
        [site, pack, limit],
      );
      return rows.map(({ id }) => String(id));
    },
  };
}

export function writeProblems(db: Queryable): ProblemWriter {
  return {
    async save(judgements) {
      if (judgements.length === 0) return;
      const last = lastWords(judgements);
      await saveJudgements(db, last);
      await saveProblems(db, last);
    },
    async forget(subject, ids) {
      for (const table of ['problem', 'judgement'])
        await db.query(`DELETE FROM ${table} WHERE subject = $1 AND id = ANY($2)`, [subject, ids]);
    },
  };
}

async function saveJudgements(db: Queryable, judgements: readonly Judgement[]): Promise<void> {
  await db.query(
    `INSERT INTO judgement (${JUDGEMENT}) SELECT ${JUDGEMENT} FROM json_to_recordset($1) AS x (subject text, id text,
       site text, source text, at bigint, pack text, met double precision, known double precision,
       weight double precision, outcomes text)
     ON CONFLICT (subject, id) DO UPDATE SET (site, source, at, pack, met, known, weight, outcomes)
       = (excluded.site, excluded.source, excluded.at, excluded.pack, excluded.met, excluded.known, excluded.weight, excluded.outcomes)
     WHERE (judgement.site, judgement.source, judgement.pack, judgement.outcomes, judgement.met, judgement.known, judgement.weight)
       IS DISTINCT FROM (excluded.site, excluded.source, excluded.pack, excluded.outcomes, excluded.met, excluded.known, excluded.weight)`,
    [JSON.stringify(judgements.map(judgementColumns))],
  );
}

/** What is found again at its place stays as it is, first sight and all. */
async function saveProblems(db: Queryable, judgements: readonly Judgement[]): Promise<void> {
  const rows = JSON.stringify(judgements.flatMap(problemColumns));
  const subjects = JSON.stringify(judgements.map(({ subject, id }) => ({ subject, id })));
  await db.query(
    `DELETE FROM problem USING json_to_recordset($1) AS s (subject text, id text)
     WHERE problem.subject = s.subject AND problem.id = s.id AND NOT EXISTS (
       SELECT FROM json_to_recordset($2) AS x (subject text, id text, rule text, path text)
       WHERE x.subject = problem.subject AND x.id = problem.id AND x.rule = problem.rule AND x.path = problem.path)`,
    [subjects, rows],
  );
  await db.query(
    `INSERT INTO problem (${PROBLEM}) SELECT ${PROBLEM}
     FROM json_to_recordset($1) AS x (subject text, id text, site text, source text, rule text, severity text,
       consequence text, path text, message text, data text, first_seen bigint)
     ON CONFLICT (subject, id, rule, path) DO UPDATE SET (site, source, severity, consequence, message, data)
       = (excluded.site, excluded.source, excluded.severity, excluded.consequence, excluded.message, excluded.data)
     WHERE (problem.site, problem.source, problem.severity, problem.consequence, problem.message, problem.data)
       IS DISTINCT FROM (excluded.site, excluded.source, excluded.severity, excluded.consequence, excluded.message, excluded.data)`,
    [rows],
  );
}

const JUDGEMENT = 'subject, id, site, source, at, pack, met, known, weight, outcomes';
const PROBLEM = 'subject, id, site, source, rule, severity, consequence, path, message, data, first_seen';

function conditions(filter: ProblemFilter) {
  const { values, add } = parameters();
  const sql = FILTERED.flatMap(([column, name]) => {
    const wanted = withSubjects(filter)[name];
    return wanted && wanted.length > 0 ? [`${column} = ANY(${add(wanted)})`] : [];
  });
  return { sql, values, add };
}

function where(sql: readonly string[]): string {
  return sql.length === 0 ? '' : `WHERE ${sql.join(' AND ')}`;
}
