import { DatabaseSync } from 'node:sqlite';
import type { StoreCollection, StoredSummary, StudioStore } from '../protocol/studio/store.ts';
import { toJson } from '../sessions/memory-store.ts';

/** Each step brings a file of version `index` to `index + 1`, inside one transaction. Steps are never changed, only added. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE documents (
     collection TEXT NOT NULL, id TEXT NOT NULL, updated_at INTEGER NOT NULL, summary TEXT NOT NULL, document TEXT NOT NULL,
     PRIMARY KEY (collection, id)) WITHOUT ROWID`,
  `CREATE INDEX documents_by_time ON documents (collection, updated_at DESC)`,
];

/**
 * A store in one SQLite file (or `:memory:`). Files of older versions are brought up to date when they are opened; a file of a newer version
 * is refused.
 *
 * @example createStudio({ store: sqliteStore({ path: 'studio.db' }) })
 */
export function sqliteStore(options: { readonly path: string }): StudioStore {
  const db = new DatabaseSync(options.path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000');
  migrate(db, options.path);
  const list = db.prepare('SELECT id, updated_at, summary FROM documents WHERE collection = ? ORDER BY updated_at DESC');
  const get = db.prepare('SELECT document FROM documents WHERE collection = ? AND id = ?');
  const put = db.prepare(
    `INSERT INTO documents VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET updated_at = excluded.updated_at, summary = excluded.summary, document = excluded.document`,
  );
  const remove = db.prepare('DELETE FROM documents WHERE collection = ? AND id = ?');
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
    delete: async (collection, id) => Number(remove.run(collection, id).changes) > 0,
    async close() {
      if (db.isOpen) db.close();
    },
  };
}

function migrate(db: DatabaseSync, path: string): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version > MIGRATIONS.length) {
    db.close();
    throw new Error(`"${path}" was written by a newer version of the studio (schema ${version}, this one knows ${MIGRATIONS.length})`);
  }
  for (let step = version; step < MIGRATIONS.length; step++) {
    db.exec(`BEGIN; ${MIGRATIONS[step]}; PRAGMA user_version = ${step + 1}; COMMIT`);
  }
}
