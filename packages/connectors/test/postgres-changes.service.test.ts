import type { Field } from '@velostream/core/connect';
import { afterAll, describe, expect, type TestContext, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { changesOf, foldChanges, type Reading, readUntil } from './changes.fixture.ts';
import { openSource, type TestDatabase, testDatabase } from './postgres.fixture.ts';

const server = service('postgres');
const opened: TestDatabase[] = [];
const { signal } = new AbortController();

afterAll(async () => {
  for (const database of opened) await database.drop();
});

async function databaseFor(context: TestContext): Promise<TestDatabase> {
  const database = await testDatabase(server.require(context));
  opened.push(database);
  return database;
}

const fieldsOf = async (options: Readonly<Record<string, unknown>>): Promise<readonly Field[]> =>
  (await openSource(options).describe(signal)).fields;

/** Orders with the old row in every change, ten rows to begin with. */
async function ordersIn(database: TestDatabase, identity = 'FULL'): Promise<Readonly<Record<string, unknown>>> {
  await database.sql(
    `CREATE TABLE orders (id int PRIMARY KEY, total numeric(12,2), note text); ALTER TABLE orders REPLICA IDENTITY ${identity}`,
  );
  await database.sql("INSERT INTO orders SELECT i, i * 1.5, 'n' || i FROM generate_series(1, 10) AS i");
  return { ...database.options, table: 'orders', heartbeat_ms: 100, status_interval_ms: 100 };
}

/** The snapshot is over: its transaction keeps no lock any more. */
const isFollowing = (batches: Reading['batches']): boolean =>
  (batches.at(-1)?.next as { readonly phase: string } | undefined)?.phase === 'changes';

const hasRows = (count: number) => (reading: { readonly changes: readonly unknown[] }) => reading.changes.length >= count;

describe('changes of a table', () => {
  test('come as inserts, updates with both rows, and deletions', async (context) => {
    const database = await databaseFor(context);
    const options = await ordersIn(database);
    const description = await openSource(options).describe(signal);
    expect(description).toMatchObject({ bounded: false, changes: 'retract', key: ['id'] });
    let isChanged = false;
    const { changes } = await readUntil(openSource(options), {
      fields: description.fields,
      until: hasRows(15),
      async onBatch({ changes: seen }) {
        if (isChanged || seen.length < 10) return;
        isChanged = true;
        await database.sql(
          'BEGIN; INSERT INTO orders VALUES (11, 0.01, NULL); UPDATE orders SET total = 99.99 WHERE id = 2; DELETE FROM orders WHERE id = 3; COMMIT',
        );
        await database.sql('UPDATE orders SET id = 40 WHERE id = 4');
      },
    });
    expect(changes.slice(0, 10).every(({ op }) => op === '+I')).toBe(true);
    expect(changes.slice(10)).toEqual([
      { op: '+I', values: [11, 1, null] },
      { op: '-U', values: [2, 300, 'n2'] },
      { op: '+U', values: [2, 9999, 'n2'] },
      { op: '-D', values: [3, 450, 'n3'] },
      { op: '-U', values: [4, 600, 'n4'] },
      { op: '+U', values: [40, 600, 'n4'] },
    ]);
  });

  test('keep every digit, microsecond and element', async (context) => {
    const database = await databaseFor(context);
    await database.sql(`CREATE TYPE mood AS ENUM ('ok', 'so so'); CREATE DOMAIN cents AS numeric(10,2);
      CREATE TABLE kinds (id bigint PRIMARY KEY, big numeric(38,10), free numeric, cents cents, at timestamptz, local timestamp, day date, clock time, doc jsonb,
        tags text[], numbers bigint[], uid uuid, raw bytea, mood mood, ok boolean, ratio float8, span interval, "odd "" name" text);
      ALTER TABLE kinds REPLICA IDENTITY FULL`);
    const values = `(9007199254740993, 1234567890123456789012345678.0123456789, 12.000000001, 1.50, '2024-02-29 23:59:59.123456+00', '1999-12-31 23:59:59.999999',
      '0001-01-01', '12:34:56.5', '{"a": [1, 9007199254740993], "b": null}', ARRAY['x', NULL, 'a,"b\\'], ARRAY[9223372036854775807, NULL],
      '00000000-0000-0000-0000-000000000001', '\\x00ff', 'so so', true, 0.1, '1 day 2 hours', 'é😀')`;
    await database.sql(`INSERT INTO kinds VALUES ${values}`);
    const options = { ...database.options, table: 'kinds', heartbeat_ms: 100 };
    const fields = await fieldsOf(options);
    expect(fields.map(({ type }) => type.kind).join(' ')).toBe(
      'integer decimal decimal decimal timestamp timestamp date time json array array string bytes string boolean float string string',
    );
    let isChanged = false;
    const { changes } = await readUntil(openSource(options), {
      fields,
      until: hasRows(3),
      async onBatch({ changes: seen }) {
        if (isChanged || seen.length < 1) return;
        isChanged = true;
        await database.sql('UPDATE kinds SET ok = NULL');
      },
    });
    const [snapshot, before, after] = changes.map(({ values: row }) => row);
    expect(before).toEqual(snapshot);
    expect(after?.map((value, i) => (i === 14 ? true : value))).toEqual(snapshot);
    expect(snapshot?.slice(0, 8)).toEqual([
      9007199254740993n,
      12345678901234567890123456780123456789n,
      12000000001,
      150,
      Date.UTC(2024, 1, 29, 23, 59, 59) + 123.456,
      Date.UTC(1999, 11, 31, 23, 59, 59) + 999.999,
      new Date('0001-01-01').getTime(),
      45_296_500,
    ]);
    expect(snapshot?.[9]).toEqual(['x', null, 'a,"b\\']);
    expect(snapshot?.[10]).toEqual([9223372036854775807n, null]);
    expect(snapshot?.slice(11)).toEqual([
      '00000000-0000-0000-0000-000000000001',
      Uint8Array.of(0, 255),
      'so so',
      true,
      0.1,
      'P1DT2H',
      'é😀',
    ]);
  });

  test('go on from every position without loss or repetition', async (context) => {
    const database = await databaseFor(context);
    const options = { ...(await ordersIn(database)), slot: `${database.name}_resumes`, publication: 'resumes' };
    const fields = await fieldsOf(options);
    let isChanged = false;
    const whole = await readUntil(openSource(options), {
      fields,
      maxBatchRows: 3,
      until: hasRows(60),
      async onBatch({ changes }) {
        if (isChanged || changes.length < 10) return;
        isChanged = true;
        for (let i = 0; i < 5; i++)
          await database.sql(
            `INSERT INTO orders SELECT 100 * ${i + 1} + j, j, 'x' FROM generate_series(1, 6) AS j; UPDATE orders SET total = total + 1 WHERE id IN (1, ${100 * (i + 1) + 1})`,
          );
      },
    });
    const positions = whole.batches.map(({ next }) => next);
    let rows = 0;
    let checked = 0;
    for (const [i, batch] of whole.batches.entries()) {
      rows += batch.batch.length;
      if ((batch.next as { phase: string }).phase === 'snapshot') continue;
      const rest = await readUntil(openSource(options), {
        fields,
        maxBatchRows: 5,
        from: JSON.parse(JSON.stringify(positions[i])) as typeof batch.next,
        until: hasRows(60 - rows),
      });
      expect(rest.changes).toEqual(whole.changes.slice(rows, 60));
      checked++;
      if (rows >= 60) break;
    }
    expect(checked).toBeGreaterThan(10);
    expect(whole.changes).toHaveLength(60);
  });

  test('are released by the server once a stored checkpoint holds them', async (context) => {
    const database = await databaseFor(context);
    const options = { ...(await ordersIn(database)), slot: `${database.name}_acked` };
    const confirmed = async () =>
      (await database.sql('SELECT confirmed_flush_lsn::text AS at FROM pg_replication_slots WHERE database = current_database()'))[0]?.[
        'at'
      ] as string;
    const source = openSource(options);
    let first = '';
    let steps = 0;
    const { batches } = await readUntil(source, {
      fields: await fieldsOf(options),
      until: () => steps >= 5,
      async onBatch({ changes, batches: seen }) {
        if (changes.length < 10) return;
        if (!isFollowing(seen)) return;
        steps++;
        if (steps === 1) {
          first = await confirmed();
          await database.sql('UPDATE orders SET total = 0');
        }
        if (steps === 2) expect(await confirmed()).toBe(first);
        if (steps < 2) return;
        source.acknowledge?.(seen.at(-1)!.next);
        await database.sql('UPDATE orders SET total = total + 1 WHERE id = 1');
      },
    });
    expect(batches.length).toBeGreaterThan(2);
    await expect.poll(confirmed, { timeout: 5000 }).not.toBe(first);
  });

  test('of one large transaction arrive whole, in batches', async (context) => {
    const database = await databaseFor(context);
    const options = { ...(await ordersIn(database)), max_queued_changes: 1000 };
    let isChanged = false;
    let largest = 0;
    const { changes } = await readUntil(openSource(options), {
      fields: await fieldsOf(options),
      until: hasRows(50_010),
      async onBatch({ changes: seen, batches }) {
        largest = Math.max(largest, batches.at(-1)!.batch.length);
        if (isChanged || seen.length < 10) return;
        isChanged = true;
        await database.sql("INSERT INTO orders SELECT i, 1, 'bulk' FROM generate_series(1001, 51000) AS i");
      },
    });
    expect(changes).toHaveLength(50_010);
    expect(new Set(changes.map(({ values }) => values[0])).size).toBe(50_010);
    expect(largest).toBeLessThanOrEqual(1000);
  });
});

describe('a table whose changes lack the old row', () => {
  test('gives new rows by key, and deletions by key', async (context) => {
    const database = await databaseFor(context);
    const options = await ordersIn(database, 'DEFAULT');
    const description = await openSource(options).describe(signal);
    expect(description.changes).toBe('upsert');
    let isChanged = false;
    const { changes } = await readUntil(openSource(options), {
      fields: description.fields,
      until: hasRows(14),
      async onBatch({ changes: seen }) {
        if (isChanged || seen.length < 10) return;
        isChanged = true;
        await database.sql(
          'UPDATE orders SET total = 7 WHERE id = 1; DELETE FROM orders WHERE id = 2; UPDATE orders SET id = 30 WHERE id = 3',
        );
      },
    });
    expect(changes.slice(10)).toEqual([
      { op: '+U', values: [1, 700, 'n1'] },
      { op: '-D', values: [2, null, null] },
      { op: '-D', values: [3, null, null] },
      { op: '+U', values: [30, 450, 'n3'] },
    ]);
  });
});

test('a large value that an update left alone and the server did not send is a bad record, not NULL', async (context) => {
  const database = await databaseFor(context);
  await database.sql(
    "CREATE TABLE notes (id int PRIMARY KEY, n int, body text); ALTER TABLE notes ALTER body SET STORAGE EXTERNAL; INSERT INTO notes VALUES (1, 1, repeat('x', 20000))",
  );
  const options = { ...database.options, table: 'notes', heartbeat_ms: 100, status_interval_ms: 100 };
  const fields = await fieldsOf(options);
  let isChanged = false;
  const bad: unknown[] = [];
  const { changes } = await readUntil(openSource(options), {
    fields,
    until: ({ changes: seen }) => seen.length >= 2,
    async onBatch({ batches }) {
      bad.push(...(batches.at(-1)?.bad ?? []));
      if (isChanged || !isFollowing(batches)) return;
      isChanged = true;
      await database.sql("UPDATE notes SET n = 2; UPDATE notes SET n = 3, body = 'short'");
    },
  });
  expect(changes.at(-1)).toEqual({ op: '+U', values: [1, 3, 'short'] });
  expect(bad).toMatchObject([
    { error: { code: 'VS4611', message: expect.stringContaining('body') }, position: expect.stringContaining('public.notes') },
  ]);
  await database.sql("ALTER TABLE notes REPLICA IDENTITY FULL; UPDATE notes SET body = repeat('y', 20000)");
  isChanged = false;
  const whole = await readUntil(openSource(options), {
    fields,
    until: hasRows(3),
    async onBatch({ batches }) {
      if (isChanged || !isFollowing(batches)) return;
      isChanged = true;
      await database.sql('UPDATE notes SET n = 4');
    },
  });
  expect(whole.changes.slice(1).map(({ op, values: [id, n, body] }) => [op, id, n, String(body).length])).toEqual([
    ['-U', 1, 3, 20_000],
    ['+U', 1, 4, 20_000],
  ]);
});

describe('what ends following a table', () => {
  const failing = async (
    options: Readonly<Record<string, unknown>>,
    fields: readonly Field[],
    act: () => Promise<unknown>,
    from?: Parameters<typeof readUntil>[1]['from'],
  ) => {
    let isDone = false;
    return readUntil(openSource(options), {
      fields,
      from,
      until: () => false,
      async onBatch({ batches }) {
        if (isDone || !isFollowing(batches)) return;
        isDone = true;
        await act();
      },
    });
  };

  test('is TRUNCATE, unless it is to be passed over', async (context) => {
    const database = await databaseFor(context);
    const options = await ordersIn(database);
    const fields = await fieldsOf(options);
    await expect(failing(options, fields, () => database.sql('TRUNCATE orders'))).rejects.toMatchObject({ code: 'VS4609' });
    await database.sql("INSERT INTO orders VALUES (1, 1, 'a')");
    const kept = await readUntil(openSource({ ...options, on_truncate: 'ignore' }), {
      fields,
      until: hasRows(2),
      async onBatch({ changes, batches }) {
        if (changes.length === 1 && isFollowing(batches))
          await database.sql("TRUNCATE orders; INSERT INTO orders VALUES (2, 2, 'b')").catch(() => {});
      },
    });
    expect(kept.changes.map(({ values }) => values[0])).toEqual([1, 2]);
  });

  test('is a column that is gone or has another type, and not one that is new', async (context) => {
    const database = await databaseFor(context);
    const options = await ordersIn(database);
    const fields = await fieldsOf(options);
    let step = 0;
    const reading = readUntil(openSource(options), {
      fields,
      until: () => false,
      async onBatch({ changes, batches }) {
        if (!isFollowing(batches)) return;
        if (changes.length === 10 && step++ === 0)
          await database.sql("ALTER TABLE orders ADD extra int; INSERT INTO orders VALUES (50, 1, 'x', 2)");
        if (changes.length === 11 && step++ < 5)
          await database.sql('ALTER TABLE orders DROP note; INSERT INTO orders VALUES (51, 1, 2)').catch(() => {});
      },
    });
    await expect(reading).rejects.toMatchObject({ code: 'VS4606' });
  });

  test('is the loss of its slot', async (context) => {
    const database = await databaseFor(context);
    const options = { ...(await ordersIn(database)), slot: `${database.name}_lost_one`, reconnect_timeout_ms: 5000 };
    const fields = await fieldsOf(options);
    const { batches } = await readUntil(openSource(options), {
      fields,
      until: ({ batches: seen }) => isFollowing(seen),
    });
    const { next } = batches.at(-1)!;
    const drop = async () => {
      await expect
        .poll(() => database.sql('SELECT 1 FROM pg_replication_slots WHERE database = current_database() AND active'), { timeout: 5000 })
        .toEqual([]);
      await database.sql('SELECT pg_drop_replication_slot($1)', [options.slot]);
    };
    await drop();
    await expect(failing(options, fields, async () => {}, next)).rejects.toMatchObject({ code: 'VS4602', reason: 'slot-lost' });
    // A new slot of the same name has not what the old one had.
    await database.sql(`SELECT pg_create_logical_replication_slot('${options.slot}', 'pgoutput'); UPDATE orders SET total = 1`);
    await expect(failing(options, fields, async () => {}, next)).rejects.toMatchObject({ code: 'VS4602' });
    // Without a checkpoint a new snapshot begins.
    const again = await readUntil(openSource(options), { fields, until: hasRows(10) });
    expect(again.changes).toHaveLength(10);
  });

  test('is the end of a connection whose slot is temporary', async (context) => {
    const database = await databaseFor(context);
    const options = await ordersIn(database);
    const kill = () =>
      database.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'walsender' AND datname = current_database()",
      );
    await expect(failing(options, await fieldsOf(options), kill)).rejects.toMatchObject({ code: 'VS4602' });
  });

  test('is a second reader of its slot', async (context) => {
    const database = await databaseFor(context);
    const options = { ...(await ordersIn(database)), slot: `${database.name}_busy_one` };
    const fields = await fieldsOf(options);
    await failing(options, fields, async () => {
      await expect(readUntil(openSource(options), { fields, until: () => true })).rejects.toMatchObject({ code: 'VS4603' });
      throw new Error('seen');
    }).catch((error: unknown) => expect(error).toMatchObject({ message: 'seen' }));
  });

  test('is a log that the server had to remove', async (context) => {
    const database = await databaseFor(context);
    const options = { ...(await ordersIn(database)), slot: `${database.name}_slow_one` };
    const fields = await fieldsOf(options);
    const { batches } = await readUntil(openSource(options), {
      fields,
      until: ({ batches: seen }) => isFollowing(seen),
    });
    await database.sql("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
    try {
      await database.sql('SELECT pg_reload_conf()');
      await database.sql('CREATE TABLE filler (t text)');
      for (let i = 0; i < 4; i++) {
        await database.sql("INSERT INTO filler SELECT repeat('x', 200) FROM generate_series(1, 20000)");
        await database.sql('SELECT pg_switch_wal()');
        await database.sql('CHECKPOINT');
      }
      const state = await database.sql('SELECT wal_status FROM pg_replication_slots WHERE database = current_database()');
      expect(state).toEqual([{ wal_status: 'lost' }]);
      await expect(failing(options, fields, async () => {}, batches.at(-1)!.next)).rejects.toMatchObject({ code: 'VS4602' });
    } finally {
      await database.sql('ALTER SYSTEM RESET max_slot_wal_keep_size');
      await database.sql('SELECT pg_reload_conf()');
    }
  });
});

describe('a server that goes away and comes back', () => {
  test('loses and repeats nothing when its backend is killed', async (context) => {
    const database = await databaseFor(context);
    const options = { ...(await ordersIn(database)), slot: `${database.name}_killed`, reconnect_timeout_ms: 20_000 };
    let round = 0;
    const { changes } = await readUntil(openSource(options), {
      fields: await fieldsOf(options),
      maxBatchRows: 7,
      until: ({ changes: seen }) => seen.length >= 10 + 5 * 20,
      async onBatch({ changes: seen }) {
        if (seen.length < 10 + round * 20 || round >= 5) return;
        round++;
        await database.sql(`INSERT INTO orders SELECT ${round * 1000} + i, i, 'k' FROM generate_series(1, 20) AS i`);
        await database.sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'walsender' AND datname = current_database()",
        );
      },
    });
    expect(changes).toHaveLength(110);
    expect(foldChanges(changes, ([id]) => String(id)).size).toBe(110);
  });

  test('loses and repeats nothing when it crashes and recovers', async (context) => {
    const database = await databaseFor(context);
    const options = { ...(await ordersIn(database)), slot: `${database.name}_restarted`, reconnect_timeout_ms: 60_000 };
    // A killed backend makes the whole server throw its memory away and recover from its log.
    const restart = async () => {
      const [row] = await database.sql(
        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walsender' AND datname = current_database()",
      );
      process.kill(Number(row?.['pid']), 'SIGKILL');
      await expect.poll(() => database.sql('SELECT 1 AS up').catch(() => []), { timeout: 20_000, interval: 100 }).toEqual([{ up: '1' }]);
    };
    let round = 0;
    const { changes } = await readUntil(openSource(options), {
      fields: await fieldsOf(options),
      maxBatchRows: 7,
      until: ({ changes: seen }) => seen.length >= 10 + 3 * 40,
      async onBatch({ changes: seen }) {
        if (seen.length < 10 + round * 40 || round >= 3) return;
        round++;
        await database.sql(`INSERT INTO orders SELECT ${round * 1000} + i, i, 'k' FROM generate_series(1, 20) AS i`);
        await restart();
        await database.sql(`INSERT INTO orders SELECT ${round * 1000} + i, i, 'k' FROM generate_series(21, 40) AS i`);
      },
    });
    const rows = foldChanges(changes, ([id]) => String(id));
    const there = await database.sql('SELECT id FROM orders');
    expect([...rows.keys()].map(Number).sort((a, b) => a - b)).toEqual(there.map(({ id }) => Number(id)).sort((a, b) => a - b));
    expect(changes).toHaveLength(130);
  });
});

test('batches say nothing of the password', async (context) => {
  const database = await databaseFor(context);
  const options = await ordersIn(database);
  const { batches } = await readUntil(openSource(options), { fields: await fieldsOf(options), until: hasRows(10) });
  expect(JSON.stringify(batches.map(({ next }) => next))).not.toContain(String(options['password']));
  expect(batches.flatMap(changesOf)).toHaveLength(10);
});
