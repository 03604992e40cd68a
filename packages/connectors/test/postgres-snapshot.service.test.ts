import type { Field, SourceBatch } from '@velostream/core/connect';
import { afterAll, describe, expect, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { foldChanges, readUntil, type SeenChange } from './changes.fixture.ts';
import { openSource, type TestDatabase, testDatabase } from './postgres.fixture.ts';

const server = service('postgres');
const opened: TestDatabase[] = [];
const { signal } = new AbortController();
const MARK = 99_999;

afterAll(async () => {
  for (const database of opened) await database.drop();
});

const seeded = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % below;
  };
};

/** Inserts, updates, deletions and moves of keys, anywhere in the table. */
async function change(database: TestDatabase, random: (below: number) => number, key: (n: number) => string): Promise<void> {
  const statements = Array.from({ length: 12 }, () => {
    const [id, other] = [key(random(260)), key(300 + random(200))];
    switch (random(4)) {
      case 0:
        return `INSERT INTO items VALUES (${other}, 'new') ON CONFLICT (id) DO UPDATE SET note = 'again'`;
      case 1:
        return `UPDATE items SET note = note || '+' WHERE id = ${id}`;
      case 2:
        return `DELETE FROM items WHERE id = ${id}`;
      default:
        return `UPDATE items SET id = ${other} WHERE id = ${id} AND NOT EXISTS (SELECT 1 FROM items WHERE id = ${other})`;
    }
  });
  // Some in one transaction, some alone.
  await database.sql(`BEGIN; ${statements.slice(0, 5).join('; ')}; COMMIT`);
  for (const statement of statements.slice(5)) await database.sql(statement);
}

const KEYS = {
  int: { type: 'int', of: (n: number) => String(n) },
  uuid: { type: 'uuid', of: (n: number) => `'${String(n).padStart(8, '0')}-0000-4000-8000-000000000000'::uuid` },
} as const;

describe('a snapshot that is interrupted', () => {
  test.for([
    ['int', 'FULL', 1],
    ['int', 'FULL', 2],
    ['uuid', 'FULL', 3],
  ] as const)(
    'goes on behind its last row while the table changes: %s key, identity %s, seed %i',
    { timeout: 60_000 },
    async ([kind, identity, seed], context) => {
      const database = await testDatabase(server.require(context));
      opened.push(database);
      const { type, of } = KEYS[kind];
      const random = seeded(seed);
      await database.sql(`CREATE TABLE items (id ${type} PRIMARY KEY, note text); ALTER TABLE items REPLICA IDENTITY ${identity}`);
      for (let n = 0; n < 240; n++) await database.sql(`INSERT INTO items VALUES (${of(n)}, 'n${n}')`);
      const options = {
        ...database.options,
        table: 'items',
        slot: `${database.name}_snap`,
        batch_rows: 20,
        heartbeat_ms: 100,
        status_interval_ms: 100,
      };
      const fields: readonly Field[] = (await openSource(options).describe(signal)).fields;
      const all: SeenChange[] = [];
      let from: SourceBatch['next'] | undefined;
      // Broken off after some batches, four times; the table changes before, in between and while it is read.
      for (let round = 0; round < 4; round++) {
        const batchesMax = 1 + random(2);
        const { changes, batches } = await readUntil(openSource(options), {
          fields,
          from,
          maxBatchRows: 20,
          until: (reading) => reading.batches.length >= batchesMax,
          onBatch: () => change(database, random, of),
        });
        all.push(...changes);
        from = JSON.parse(JSON.stringify(batches.at(-1)?.next)) as SourceBatch['next'];
        expect(from).toMatchObject({ phase: 'snapshot' });
        await change(database, random, of);
      }
      let isMarked = false;
      const rest = await readUntil(openSource(options), {
        fields,
        from,
        until: ({ changes }) => changes.some(({ values }) => values[1] === 'mark'),
        async onBatch({ batches }) {
          if (isMarked || (batches.at(-1)?.next as { phase: string } | undefined)?.phase !== 'changes') return;
          isMarked = true;
          await change(database, random, of);
          await database.sql(`INSERT INTO items VALUES (${of(MARK)}, 'mark')`);
        },
      });
      all.push(...rest.changes);
      // The fold refuses an insert of what is there and a deletion of what is not: nothing came twice, and nothing was left out.
      const folded = foldChanges(all, ([id]) => String(id));
      const rows = await database.sql('SELECT id::text, note FROM items');
      expect(new Map([...folded].map(([id, [, note]]) => [id, note]))).toEqual(new Map(rows.map(({ id, note }) => [String(id), note])));
    },
  );

  test('stops with the way out where the key has no order that is known here', async (context) => {
    const database = await testDatabase(server.require(context));
    opened.push(database);
    await database.sql(
      "CREATE TABLE items (id text PRIMARY KEY, note text); INSERT INTO items SELECT i::text, 'n' FROM generate_series(1, 50) AS i",
    );
    const options = { ...database.options, table: 'items', slot: `${database.name}_text`, batch_rows: 10 };
    const { fields } = await openSource(options).describe(signal);
    const { batches } = await readUntil(openSource(options), { fields, maxBatchRows: 10, until: (reading) => reading.batches.length >= 1 });
    await expect(readUntil(openSource(options), { fields, from: batches.at(-1)?.next, until: () => true })).rejects.toMatchObject({
      code: 'VS4602',
      message: expect.stringContaining('whole numbers or uuids'),
    });
  });
});
