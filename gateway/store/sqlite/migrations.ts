import { CodedError } from '../../../schemas/errors.ts';
import { toItem } from '../rows.ts';
import { begin, type Connection } from './database.ts';
import { indexItem } from './search.ts';

/**
 * Each step once, in order, for ever: a step that has been released is never edited. `major` rises when an older
 * program could no longer work on the file.
 */
export const MIGRATIONS: readonly {
  readonly version: number;
  readonly major: number;
  readonly sql: string;
}[] = [
  {
    version: 1,
    major: 1,
    sql: `
CREATE TABLE counter (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES ('changes', 0), ('pruned', 0);

CREATE TABLE item (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  site TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  visibility TEXT NOT NULL,
  release_at INTEGER,
  listed INTEGER NOT NULL,
  published INTEGER,
  released INTEGER,
  language TEXT,
  document TEXT NOT NULL,
  cleaner INTEGER GENERATED ALWAYS AS (json_extract(document, '$.cleaner')) VIRTUAL
);
CREATE INDEX item_cleaner ON item (cleaner, n) WHERE visibility <> 'WITHDRAWN';
CREATE INDEX item_released_all ON item (listed, n) WHERE visibility = 'RELEASED';
CREATE INDEX item_released_site ON item (site, listed, n) WHERE visibility = 'RELEASED';
CREATE INDEX item_released_kind ON item (kind, listed, n) WHERE visibility = 'RELEASED';
CREATE INDEX item_out_all ON item (released, n) WHERE released IS NOT NULL;
CREATE INDEX item_out_site ON item (site, released, n) WHERE released IS NOT NULL;
CREATE INDEX item_out_kind ON item (kind, released, n) WHERE released IS NOT NULL;
CREATE INDEX item_visibility ON item (visibility, listed, n);
CREATE INDEX item_source ON item (source, listed, n) WHERE visibility <> 'WITHDRAWN';
CREATE INDEX item_waiting ON item (release_at) WHERE visibility = 'HELD' AND release_at IS NOT NULL;

CREATE TABLE label (
  type TEXT NOT NULL, label TEXT NOT NULL, listed INTEGER NOT NULL, n INTEGER NOT NULL REFERENCES item (n),
  released INTEGER,
  PRIMARY KEY (type, label, listed, n)
) WITHOUT ROWID;
CREATE INDEX label_out ON label (type, label, released, n);
CREATE INDEX label_item ON label (n);

CREATE TABLE shown (
  n INTEGER NOT NULL REFERENCES item (n), topic TEXT NOT NULL, PRIMARY KEY (n, topic)
) WITHOUT ROWID;

CREATE TABLE alias (
  site TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, item TEXT NOT NULL REFERENCES item (id),
  PRIMARY KEY (site, kind, key)
) WITHOUT ROWID;
CREATE INDEX alias_item ON alias (item);
CREATE INDEX alias_key ON alias (key);

CREATE TABLE version (
  item TEXT NOT NULL REFERENCES item (id), at INTEGER NOT NULL, hash TEXT NOT NULL, kind TEXT NOT NULL, changed TEXT NOT NULL
);
CREATE INDEX version_item ON version (item, at);

CREATE VIRTUAL TABLE search USING fts5 (
  title, body, exact_title, exact_body, tokenize = "unicode61 remove_diacritics 0", detail = full
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

CREATE TABLE change (
  item TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, kind TEXT NOT NULL, reason TEXT, replaced_by TEXT,
  backfill INTEGER NOT NULL, at INTEGER NOT NULL, site TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX change_tombstone ON change (number) WHERE kind = 'tombstone';

CREATE TABLE work (
  source TEXT PRIMARY KEY, connected INTEGER NOT NULL, interval INTEGER NOT NULL, due INTEGER NOT NULL,
  lease_token TEXT, lease_until INTEGER, paused INTEGER NOT NULL DEFAULT 0, paused_until INTEGER, paused_reason TEXT,
  last_started INTEGER, last_succeeded INTEGER, last_changed INTEGER, failures INTEGER NOT NULL DEFAULT 0,
  error_code TEXT, error_message TEXT, error_at INTEGER, harvested INTEGER NOT NULL DEFAULT 0, strict_reader TEXT,
  requested INTEGER NOT NULL DEFAULT 0, left_at INTEGER,
  checkpoint_connector TEXT, checkpoint TEXT
) WITHOUT ROWID;
CREATE INDEX work_due ON work (due);

CREATE TABLE request (
  at INTEGER NOT NULL, source TEXT NOT NULL, host TEXT NOT NULL, method TEXT NOT NULL, url TEXT NOT NULL,
  outcome TEXT NOT NULL, bytes INTEGER NOT NULL, milliseconds INTEGER NOT NULL, not_modified INTEGER NOT NULL
);
CREATE INDEX request_source ON request (source, at);
CREATE INDEX request_at ON request (at);

CREATE TABLE api_key (
  id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, title TEXT NOT NULL, scopes TEXT NOT NULL, created INTEGER NOT NULL, revoked INTEGER
) WITHOUT ROWID;
`,
  },
  {
    version: 2,
    major: 1,
    // Keys expire, have quotas, are rotated and tell when they were last used.
    sql: `
ALTER TABLE api_key ADD COLUMN expires INTEGER;
ALTER TABLE api_key ADD COLUMN quota INTEGER;
ALTER TABLE api_key ADD COLUMN quota_per INTEGER;
ALTER TABLE api_key ADD COLUMN used INTEGER;
ALTER TABLE api_key ADD COLUMN old_hash TEXT;
ALTER TABLE api_key ADD COLUMN grace_until INTEGER;
CREATE UNIQUE INDEX api_key_old ON api_key (old_hash) WHERE old_hash IS NOT NULL;
`,
  },
  {
    version: 3,
    major: 1,
    // What is judged, what the gateway keeps of its own work, and the ledger, which only grows.
    sql: `
CREATE TABLE record (
  kind TEXT NOT NULL, id TEXT NOT NULL, site TEXT, item TEXT, state TEXT, at INTEGER NOT NULL, due INTEGER, document TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX record_newest ON record (kind, at, id);
CREATE INDEX record_site ON record (kind, site, at, id);
CREATE INDEX record_item ON record (item, kind) WHERE item IS NOT NULL;
CREATE INDEX record_due ON record (kind, due, id) WHERE due IS NOT NULL;

CREATE TABLE judgement (
  subject TEXT NOT NULL, id TEXT NOT NULL, site TEXT NOT NULL, source TEXT, at INTEGER NOT NULL, pack TEXT NOT NULL,
  met REAL NOT NULL, known REAL NOT NULL, weight REAL NOT NULL, outcomes TEXT NOT NULL, PRIMARY KEY (subject, id)
) WITHOUT ROWID;
CREATE INDEX judgement_scores ON judgement (site, subject, source, met, known, weight);

CREATE TABLE problem (
  n INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, id TEXT NOT NULL, site TEXT NOT NULL,
  source TEXT, rule TEXT NOT NULL, severity TEXT NOT NULL, consequence TEXT NOT NULL, path TEXT NOT NULL,
  message TEXT NOT NULL, data TEXT, first_seen INTEGER NOT NULL,
  UNIQUE (subject, id, rule, path)
);
CREATE INDEX problem_site ON problem (site, n);
CREATE INDEX problem_source ON problem (source, n);
CREATE INDEX problem_rule ON problem (rule, n);
CREATE INDEX problem_acting ON problem (consequence, n) WHERE consequence <> 'score';
CREATE INDEX item_site ON item (site, n) WHERE visibility <> 'WITHDRAWN';
CREATE INDEX item_due ON item (release_at) WHERE visibility IN ('HELD', 'HIDDEN') AND release_at IS NOT NULL;
DROP INDEX item_waiting;

CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY, segment INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, item TEXT, site TEXT,
  text TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE INDEX ledger_item ON ledger (item, seq) WHERE item IS NOT NULL;
CREATE INDEX ledger_type ON ledger (type, seq);
CREATE TABLE ledger_head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL, kept_from INTEGER NOT NULL);
INSERT INTO ledger_head VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0);

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
  WHEN OLD.segment >= (SELECT kept_from FROM ledger_head)
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
`,
  },
  {
    version: 4,
    major: 1,
    // Who is told of changes, how far each is, and what was tried.
    sql: `
CREATE TABLE subscription (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, callback TEXT NOT NULL, host TEXT NOT NULL, topic TEXT NOT NULL, asked TEXT NOT NULL,
  secret TEXT, state TEXT NOT NULL, reason TEXT, created INTEGER NOT NULL, valid_until INTEGER, cursor INTEGER NOT NULL,
  due INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0, failing_since INTEGER, slow INTEGER NOT NULL DEFAULT 0,
  lease_token TEXT, lease_until INTEGER
);
CREATE INDEX subscription_due ON subscription (due) WHERE state = 'active';
CREATE INDEX subscription_host ON subscription (host);

CREATE TABLE intent (
  id TEXT PRIMARY KEY, mode TEXT NOT NULL, callback TEXT NOT NULL, host TEXT NOT NULL, topic TEXT NOT NULL, asked TEXT NOT NULL,
  secret TEXT, seconds INTEGER NOT NULL, at INTEGER NOT NULL, lease_token TEXT, lease_until INTEGER
);
CREATE INDEX intent_host ON intent (host);

CREATE TABLE delivery (
  n INTEGER PRIMARY KEY, subscription TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
  after INTEGER NOT NULL, number INTEGER NOT NULL, item TEXT, attempt INTEGER NOT NULL, outcome TEXT NOT NULL, taken INTEGER NOT NULL,
  bytes INTEGER NOT NULL, milliseconds INTEGER NOT NULL, next INTEGER
);
CREATE INDEX delivery_subscription ON delivery (subscription, n);
CREATE INDEX delivery_receipt ON delivery (subscription, number) WHERE taken = 1 AND number > 0;
CREATE INDEX delivery_at ON delivery (at);
`,
  },
  {
    version: 9,
    major: 1,
    // Lists of problems and records by what people filter by stay short at a million items.
    sql: `
CREATE INDEX problem_site_rule ON problem (site, rule, n, id, severity);
CREATE INDEX problem_site_severity ON problem (site, severity, n);
CREATE INDEX problem_severity ON problem (severity, n);
CREATE INDEX problem_not_item ON problem (subject, n) WHERE subject <> 'item';
CREATE INDEX record_state ON record (kind, state, at, id) WHERE state IS NOT NULL;
CREATE INDEX record_site_state ON record (kind, site, state, at, id) WHERE state IS NOT NULL;
`,
  },
  {
    version: 10,
    major: 1,
    // Stories: what is kept of each text to find its like, who is like whom, and the lists that stories stand in.
    sql: `
CREATE TABLE likeness (
  n INTEGER PRIMARY KEY REFERENCES item (n), at INTEGER NOT NULL, places TEXT NOT NULL, whole INTEGER NOT NULL, names_source INTEGER NOT NULL, compared TEXT, story TEXT
);
CREATE INDEX likeness_story ON likeness (story) WHERE story IS NOT NULL;
CREATE TABLE bucket (place INTEGER NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (place, at, n)) WITHOUT ROWID;
CREATE TABLE pair (a INTEGER NOT NULL, b INTEGER NOT NULL, score REAL NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE story (type TEXT NOT NULL, label TEXT NOT NULL, at INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (type, label, at, id)) WITHOUT ROWID;
CREATE INDEX story_id ON story (id);

CREATE TABLE to_join (n INTEGER PRIMARY KEY, until INTEGER NOT NULL DEFAULT 0);
INSERT INTO to_join (n) SELECT n FROM item WHERE visibility <> 'WITHDRAWN';
INSERT INTO counter VALUES ('stories', 0);
`,
  },
  {
    version: 14,
    major: 1,
    // Searching stays quick at a million items: filters, titles and beginnings of words are words of the index
    // themselves, and what is counted and sorted by stands close together. Items are indexed anew when a store opens.
    sql: `
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (
  folded, exact, hints, tokenize = "unicode61 remove_diacritics 0", detail = full
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1), ('hashsize', 16777216), ('automerge', 8);
CREATE INDEX item_brief ON item (n, visibility, listed, released, site, kind, source, language);
INSERT INTO meta SELECT 'unindexed', CAST(coalesce(max(n), 0) AS TEXT) FROM item;
`,
  },
  {
    version: 15,
    major: 1,
    // Exact words have names of their own, pairs of common words are words too, and only what is not out says so.
    sql: `
INSERT INTO meta SELECT 'unindexed', CAST(coalesce(max(n), 0) AS TEXT) FROM item WHERE true
  ON CONFLICT (name) DO UPDATE SET value = excluded.value;
`,
  },
  {
    version: 19,
    major: 1,
    // What waits for a person is found at once among a million, to be told when it waits too long.
    sql: `
CREATE INDEX item_waits ON item (listed, n) WHERE visibility IN ('HELD', 'HIDDEN') AND release_at IS NULL
  AND coalesce(json_extract(document, '$.visibilityReason'), '') NOT IN ('site-left', 'asked', 'withheld');
`,
  },
  {
    version: 20,
    major: 1,
    // A row tells whether its document has moved, so that what was decoded before can be given again. The trigger counts
    // for a program of an earlier version that writes beside this one.
    sql: `
ALTER TABLE item ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER item_revised AFTER UPDATE OF document ON item WHEN new.revision = old.revision
BEGIN UPDATE item SET revision = old.revision + 1 WHERE n = new.n; END;
`,
  },
];

const LATEST = MIGRATIONS.at(-1);

/**
 * Brings the file to this program's version, under the write lock; refuses a file that a newer major has touched. `upTo`: only
 * so far, for what was written by an earlier program.
 */
export async function migrate(
  connection: Connection,
  epoch: () => string,
  upTo = Number.POSITIVE_INFINITY,
): Promise<string> {
  const known = await step(connection, epoch, upTo);
  await indexAnew(connection);
  return known;
}

/** All of its items are indexed anew by the next `migrate`. */
export function forgetIndex(connection: Connection): void {
  connection.exec(
    `INSERT INTO meta SELECT 'unindexed', CAST(coalesce(max(n), 0) AS TEXT) FROM item
     WHERE true ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
}

async function step(connection: Connection, epoch: () => string, upTo: number): Promise<string> {
  await begin(connection);
  try {
    connection.exec(
      'CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
    );
    const major = Number(read(connection, 'major') ?? 0);
    const version = Number(read(connection, 'version') ?? 0);
    if (LATEST && major > LATEST.major) throw tooNew(major, LATEST.major);
    for (const step of MIGRATIONS.filter(one => one.version > version && one.version <= upTo)) {
      connection.exec(step.sql);
      write(connection, 'version', String(step.version));
      write(connection, 'major', String(step.major));
    }
    const known = read(connection, 'epoch') ?? epoch();
    write(connection, 'epoch', known);
    connection.exec('COMMIT');
    return known;
  } catch (thrown) {
    connection.exec('ROLLBACK');
    throw thrown;
  }
}

/** Items of one transaction of `indexAnew`. */
const AT_ONCE = 200;

/** Indexes what a migration left without an index, newest first; several processes may share the work. */
async function indexAnew(connection: Connection): Promise<void> {
  while (Number(read(connection, 'unindexed') ?? 0) > 0) {
    await begin(connection);
    try {
      indexSome(connection, Number(read(connection, 'unindexed') ?? 0));
      connection.exec('COMMIT');
    } catch (thrown) {
      connection.exec('ROLLBACK');
      throw thrown;
    }
  }
}

function indexSome(connection: Connection, from: number): void {
  const rows = connection.all(
    'SELECT n, document FROM item WHERE n <= ? ORDER BY n DESC LIMIT ?',
    from,
    AT_ONCE,
  );
  for (const row of rows) indexItem(connection, Number(row.n), toItem(row));
  const last = rows.length < AT_ONCE ? 0 : Number(rows.at(-1)?.n) - 1;
  write(connection, 'unindexed', String(last));
}

function read(connection: Connection, name: string): string | undefined {
  const row = connection.get('SELECT value FROM meta WHERE name = ?', name);
  return row ? String(row.value) : undefined;
}

function write(connection: Connection, name: string, value: string): void {
  connection.run(
    'INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    value,
  );
}

function tooNew(found: number, known: number): CodedError {
  return new CodedError(
    'CONFIG_INVALID',
    `The data folder was written by a newer version of this program (store ${found}, this one knows ${known}). Start the newer version, or restore a back-up made by this one.`,
    {
      data: {
        vi: 'Thư mục dữ liệu đã được phiên bản mới hơn sử dụng. Hãy chạy phiên bản mới, hoặc phục hồi từ bản sao lưu cũ.',
      },
    },
  );
}
