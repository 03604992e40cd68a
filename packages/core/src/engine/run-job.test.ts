import { describe, expect, test } from 'vitest';
import { defineConnector, type Sink, type Source } from '../connect/connector.ts';
import { defineOptions } from '../connect/options/define-options.ts';
import { option } from '../connect/options/option.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import type { Fs, Scheduler } from '../runtime/ports.ts';
import { columnFromScalars } from '../values/column-builder.ts';
import { scalarAt } from '../values/column-read.ts';
import { NO_META } from '../values/record-batch.ts';
import { INTEGER, STRING } from '../values/types.ts';
import { createEngine } from './create-engine.ts';
import { type JobOptions, runJob } from './run-job.ts';

const ROWS = Array.from({ length: 20 }, (_, i) => ({ key: `k${i % 3}`, n: i }));
const FIELDS = [
  { name: 'key', type: STRING, nullable: false },
  { name: 'n', type: INTEGER, nullable: false },
];
const SQL = `CREATE STREAM totals AS SELECT key PRIMARY KEY, COUNT(*) AS c, SUM(n) AS s FROM 'sim://in' GROUP BY key EMIT CHANGES
  WITH ('totals.type' = 'sim_sink')`;

/** Running totals in the order of the rows: what must come out, once. */
const EXPECTED = (() => {
  const state = new Map<string, [number, number]>();
  return ROWS.map(({ key, n }) => {
    const [c, s] = state.get(key) ?? [0, 0];
    state.set(key, [c + 1, s + n]);
    return `${key}:${c + 1}:${s + n}`;
  });
})();

/** A system that outlives its jobs: files, and rows that were committed. Its n-th call from outside fails. */
class World {
  readonly files = new Map<string, Uint8Array>();
  readonly committed: string[] = [];
  last: { epoch: number; checkpoint: string } | null = null;
  calls = 0;
  failAt = Number.POSITIVE_INFINITY;
  private readonly knowsCommits: boolean;

  constructor(knowsCommits: boolean) {
    this.knowsCommits = knowsCommits;
  }

  /** One moment at which the process may die. */
  point(): void {
    if (++this.calls === this.failAt) throw new Error('the process died');
  }

  readonly fs: Fs = {
    read: async (path) => {
      this.point();
      const found = this.files.get(path);
      if (!found) throw new Error(`no file ${path}`);
      return found;
    },
    writeAtomic: async (path, data) => {
      this.point();
      this.files.set(path, data.slice());
      this.point();
    },
    list: async (directory) =>
      [...this.files.keys()].filter((p) => p.startsWith(`${directory}/`)).map((p) => p.slice(directory.length + 1)),
    remove: async (path) => {
      this.point();
      this.files.delete(path);
    },
  };

  connector() {
    return defineConnector({
      name: 'sim',
      schemes: ['sim'],
      options: defineOptions({ uri: option.text({ about: 'Name.' }) }),
      guarantees: { resume: true, sink: 'exactly-once' },
      fromUri: (uri) => ({ uri }),
      source: () => simulatedSource(),
      sink: () => this.sink(),
    });
  }

  private sink(): Sink {
    let pending: string[] = [];
    return {
      open: async () => this.point(),
      write: async ({ batch }) => {
        this.point();
        for (let i = 0; i < batch.length; i++) pending.push(batch.columns.map((c) => String(scalarAt(c, i))).join(':'));
      },
      commit: async (epoch, context) => {
        this.point();
        this.committed.push(...pending);
        this.last = { epoch, checkpoint: context?.checkpoint ?? '' };
        pending = [];
        // Committed, and nobody was told.
        this.point();
      },
      close: async () => {
        pending = [];
      },
      ...(this.knowsCommits ? { recover: async () => this.last } : {}),
    };
  }
}

function simulatedSource(): Source {
  return {
    describe: async () => ({ fields: FIELDS, bounded: false, origin: 'declared' }),
    async *read({ from, fields, signal }) {
      for (let at = typeof from === 'number' ? from : 0; at < ROWS.length && !signal.aborted; at += 2) {
        // Commits come every turn of the event loop: several fit between two batches.
        for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
        const part = ROWS.slice(at, at + 2);
        const columns = fields.map(({ name, type }) =>
          columnFromScalars(
            type,
            part.map((row) => row[name as 'key' | 'n']),
          ),
        );
        yield { batch: { length: part.length, columns, meta: NO_META, ops: null, watermarks: null }, next: at + part.length };
      }
    },
  };
}

const everyTurn: Scheduler = {
  yield: () => new Promise((resolve) => setImmediate(resolve)),
  after(_, run) {
    const handle = setImmediate(run);
    return () => clearImmediate(handle);
  },
  elapsed: () => 0,
};

async function once(world: World, more: Partial<JobOptions> = {}): Promise<unknown> {
  const engine = createEngine({ connectors: [world.connector()] });
  const job = runJob(engine, SQL, { fs: world.fs, directory: '/ckpt', scheduler: everyTurn, ...more });
  const error = await job.done.then(
    () => undefined,
    (e: unknown) => e,
  );
  await engine.close();
  return error;
}

describe('a job', () => {
  test('commits rows and state together, and does nothing more when it is started again', async () => {
    // The first run loads what a checkpoint needs, and may be through before it is there.
    await once(new World(true));
    const world = new World(true);
    expect(await once(world)).toBeUndefined();
    expect(world.committed).toEqual(EXPECTED);
    expect(world.last?.epoch).toBeGreaterThan(1);
    expect(await once(world)).toBeUndefined();
    expect(world.committed).toEqual(EXPECTED);
  });

  test('that dies at any moment goes on as if nothing had happened', { timeout: 60_000 }, async () => {
    let died = 0;
    for (let failAt = 1; ; failAt++) {
      const world = new World(true);
      world.failAt = failAt;
      const error = await once(world);
      if (world.calls < failAt) break;
      // A removal that fails only leaves a file behind, and the end of the input may come first: both may pass without an error.
      if (error !== undefined) died++;
      world.failAt = Number.POSITIVE_INFINITY;
      expect(await once(world), `failed at call ${failAt}`).toBeUndefined();
      expect(world.committed, `failed at call ${failAt}`).toEqual(EXPECTED);
    }
    expect(died).toBeGreaterThan(20);
  });

  test('that dies twice is exact as well', async () => {
    for (let second = 1; second <= 25; second++) {
      const world = new World(true);
      world.failAt = 17;
      await once(world);
      world.calls = 0;
      world.failAt = second;
      await once(world);
      world.failAt = Number.POSITIVE_INFINITY;
      expect(await once(world)).toBeUndefined();
      expect(world.committed, `second death at call ${second}`).toEqual(EXPECTED);
    }
  });

  test('with a sink that knows no commits loses nothing', async () => {
    for (let failAt = 5; failAt <= 60; failAt += 5) {
      const world = new World(false);
      world.failAt = failAt;
      await once(world);
      world.failAt = Number.POSITIVE_INFINITY;
      expect(await once(world)).toBeUndefined();
      expect(new Set(world.committed), `failed at call ${failAt}`).toEqual(new Set(EXPECTED));
    }
  });

  test('does not go on without the checkpoint that was committed', async () => {
    const world = new World(true);
    await once(world);
    world.files.clear();
    expect(await once(world)).toMatchObject({ code: 'VS5341' });
  });

  test('commits nothing when its checkpoint cannot be written', async () => {
    const world = new World(true);
    const full: Fs = { ...world.fs, writeAtomic: () => Promise.reject(new Error('ENOSPC')) };
    expect(await once(world, { fs: full })).toMatchObject({ code: 'VS5342' });
    expect(world.committed).toEqual([]);
    expect(world.last).toBeNull();
  });

  test('refuses a checkpoint that was damaged, wherever', async () => {
    const world = new World(true);
    world.failAt = 40;
    await once(world);
    world.failAt = Number.POSITIVE_INFINITY;
    const [path = '', bytes = new Uint8Array(0)] = [...world.files].find(([name]) => name.endsWith(world.last?.checkpoint ?? '?')) ?? [];
    for (let at = 0; at < bytes.length; at += 97) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] as number) ^ 0x55;
      world.files.set(path, damaged);
      const error = await once(world);
      expect(VeloError.is(error), `byte ${at}`).toBe(true);
    }
    for (const length of [0, 1, bytes.length >> 1, bytes.length - 1]) {
      world.files.set(path, bytes.slice(0, length));
      expect(VeloError.is(await once(world)), `cut at ${length}`).toBe(true);
    }
    world.files.set(path, bytes);
    expect(await once(world)).toBeUndefined();
    expect(world.committed).toEqual(EXPECTED);
  });
});
