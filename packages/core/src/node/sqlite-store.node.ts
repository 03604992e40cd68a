import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import type { StoreCollection, StoredSummary, StudioStore } from '../protocol/studio/store.ts';
import { toJson } from '../sessions/memory-store.ts';

/** Each step brings a file of version `index` to `index + 1`; all that are due are one transaction. Steps are never changed, only added. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE documents (
     collection TEXT NOT NULL, id TEXT NOT NULL, updated_at INTEGER NOT NULL, summary TEXT NOT NULL, document TEXT NOT NULL,
     PRIMARY KEY (collection, id)) WITHOUT ROWID`,
  `CREATE INDEX documents_by_time ON documents (collection, updated_at DESC)`,
  `CREATE TABLE leases (
     name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires_at INTEGER NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL) WITHOUT ROWID`,
];

/**
 * A store in one SQLite file (or `:memory:`). Files of older versions are brought up to date when they are opened; a file of a newer version
 * is refused.
 *
 * @example createStudio({ store: sqliteStore({ path: 'studio.db' }) })
 */
export function sqliteStore(options: { readonly path: string }): StudioStore {
  const db = new DatabaseSync(options.path);
  db.exec('PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  migrate(db, options.path);
  const list = db.prepare('SELECT id, updated_at, summary FROM documents WHERE collection = ? ORDER BY updated_at DESC');
  const get = db.prepare('SELECT document FROM documents WHERE collection = ? AND id = ?');
  const put = db.prepare(
    `INSERT INTO documents VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET updated_at = excluded.updated_at, summary = excluded.summary, document = excluded.document`,
  );
  // One statement each, so that of two processes that write at once only one is taken.
  const makeFirst = db.prepare(
    `INSERT INTO documents VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT DO UPDATE SET updated_at = excluded.updated_at, summary = excluded.summary, document = excluded.document
       WHERE COALESCE(json_extract(documents.summary, '$.revision'), 0) = 0`,
  );
  const makeNext = db.prepare(
    `UPDATE documents SET updated_at = ?3, summary = ?4, document = ?5
     WHERE collection = ?1 AND id = ?2 AND json_extract(summary, '$.revision') = ?6`,
  );
  const remove = db.prepare('DELETE FROM documents WHERE collection = ? AND id = ?');
  const held = db.prepare('SELECT holder, host, pid FROM leases WHERE name = ?');
  // One statement decides, so that of two processes that try at once only one is taken.
  const take = db.prepare(
    `INSERT INTO leases VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (name) DO UPDATE
       SET holder = excluded.holder, expires_at = excluded.expires_at, host = excluded.host, pid = excluded.pid
       WHERE leases.holder = excluded.holder OR leases.expires_at <= ?6 OR leases.holder = ?7`,
  );
  const release = db.prepare('DELETE FROM leases WHERE name = ? AND holder = ?');
  return {
    async list(collection) {
      return list.all(collection).map(
        (row): StoredSummary => ({
          id: String(row['id']),
          updatedAt: Number(row['updated_at']),
          summary: JSON.parse(String(row['summary'])) as Readonly<Record<string, unknown>>,
        }),
      );
    },
    async get(collection, id) {
      const row = get.get(collection, id);
      return row === undefined ? undefined : (JSON.parse(String(row['document'])) as unknown);
    },
    async put(collection: StoreCollection, { id, updatedAt, summary, document }) {
      put.run(collection, id, updatedAt, toJson(summary), toJson(document));
    },
    async replace(collection, { id, updatedAt, summary, document }, revision) {
      const values = [collection, id, updatedAt, toJson(summary), toJson(document)];
      return Number((revision === 0 ? makeFirst.run(...values) : makeNext.run(...values, revision)).changes) > 0;
    },
    delete: async (collection, id) => Number(remove.run(collection, id).changes) > 0,
    async lease({ name, holder, now, ttlMs }) {
      const row = held.get(name);
      const gone = row && row['host'] === hostname() && !isAlive(Number(row['pid'])) ? String(row['holder']) : '';
      return Number(take.run(name, holder, now + ttlMs, hostname(), process.pid, now, gone).changes) > 0;
    },
    async release(name, holder) {
      if (db.isOpen) release.run(name, holder);
    },
    async close() {
      if (db.isOpen) db.close();
    },
  };
}

/** A process of this machine that has ended holds nothing any more; one need not wait for its time to be over. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function migrate(db: DatabaseSync, path: string): void {
  const versionNow = (): number => Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  const version = versionNow();
  if (version > MIGRATIONS.length) {
    db.close();
    throw new Error(`"${path}" was written by a newer version of the studio (schema ${version}, this one knows ${MIGRATIONS.length})`);
  }
  if (version === MIGRATIONS.length) return;
  // Of two processes that open a new file at once the second waits, and looks again at what the first has left to do.
  db.exec('BEGIN IMMEDIATE');
  for (let step = versionNow(); step < MIGRATIONS.length; step++) db.exec(`${MIGRATIONS[step]}; PRAGMA user_version = ${step + 1}`);
  db.exec('COMMIT');
}
