import { describe, expect, test } from 'vitest';
import { defineConnector, type Sink, type Source } from '../connect/connector.ts';
import { defineOptions } from '../connect/options/define-options.ts';
import { option } from '../connect/options/option.ts';
import type { Fs, Scheduler } from '../runtime/ports.ts';
import { columnFromScalars } from '../values/column-builder.ts';
import { scalarAt } from '../values/column-read.ts';
import { NO_META } from '../values/record-batch.ts';
import { INTEGER } from '../values/types.ts';
import { createEngine } from './create-engine.ts';
import { type Job, runJob } from './run-job.ts';

const ROWS = 12;
const ALL = Array.from({ length: ROWS }, (_, n) => n);
const SQL = `CREATE STREAM copy AS SELECT n FROM 'sim://in' EMIT CHANGES WITH ('copy.type' = 'sim_sink')`;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A place that one writer at a time may hold, as a file beside its target is. */
class Place {
  readonly files = new Map<string, Uint8Array>();
  readonly committed: number[] = [];
  last: { epoch: number; checkpoint: string } | null = null;
  holder: object | null = null;
  isFull = false;

  readonly fs: Fs = {
    read: async (path) => this.files.get(path) as Uint8Array,
    writeAtomic: async (path, data) => {
      if (this.isFull) throw new Error('ENOSPC');
      this.files.set(path, data.slice());
    },
    list: async (directory) =>
      [...this.files.keys()].filter((p) => p.startsWith(`${directory}/`)).map((p) => p.slice(directory.length + 1)),
    remove: async (path) => void this.files.delete(path),
  };

  start(): Job {
    const sim = defineConnector({
      name: 'sim',
      schemes: ['sim'],
      options: defineOptions({ uri: option.text({ about: 'Name.' }) }),
      guarantees: { resume: true, sink: 'exactly-once' },
      fromUri: (uri) => ({ uri }),
      source: numbers,
      sink: () => this.sink(),
    });
    return runJob(createEngine({ connectors: [sim] }), SQL, { fs: this.fs, directory: '/ckpt', scheduler: everyTurn });
  }

  private sink(): Sink {
    let pending: number[] = [];
    const me = {};
    const mustHold = () => {
      if (this.holder !== me) throw new Error('the sink is closed');
    };
    return {
      open: async () => {
        if (this.holder) throw new Error('another writer holds the place');
        this.holder = me;
      },
      recover: async () => this.last,
      write: async ({ batch }) => {
        mustHold();
        for (let i = 0; i < batch.length; i++) pending.push(Number(scalarAt(batch.columns[0] as never, i)));
      },
      commit: async (epoch, context) => {
        mustHold();
        await turn();
        this.committed.push(...pending);
        this.last = { epoch, checkpoint: context?.checkpoint ?? '' };
        pending = [];
      },
      close: async () => {
        for (let i = 0; i < 3; i++) await turn();
        this.holder = null;
      },
    };
  }
}

const numbers = (): Source => ({
  describe: async () => ({ fields: [{ name: 'n', type: INTEGER, nullable: false }], bounded: false, origin: 'declared' }),
  async *read({ from, signal }) {
    for (let at = typeof from === 'number' ? from : 0; at < ROWS && !signal.aborted; at += 2) {
      for (let i = 0; i < 3; i++) await turn();
      const columns = [columnFromScalars(INTEGER, ALL.slice(at, at + 2))];
      yield { batch: { length: 2, columns, meta: NO_META, ops: null, watermarks: null }, next: at + 2 };
    }
  },
});

const everyTurn: Scheduler = {
  yield: turn,
  after(ms, run) {
    // Only commits come by time; nothing here waits for longer.
    if (ms > 1_000) return () => {};
    const handle = setImmediate(run);
    return () => clearImmediate(handle);
  },
  elapsed: () => 0,
};

describe('stopping a job', () => {
  test('at any moment, its end included, fails nothing, and the next one begins at once', { timeout: 60_000 }, async () => {
    await new Place().start().done;
    let last = 0;
    for (let turns = 0; turns < 120; turns++) {
      const place = new Place();
      const first = place.start();
      for (let i = 0; i < turns; i++) await turn();
      const stopped = first.stop();
      await first.done;
      expect(place.holder, `stopped after ${turns} turns`).toBeNull();
      const second = place.start();
      await stopped;
      await second.done;
      expect(place.committed, `stopped after ${turns} turns`).toEqual(ALL);
      // The checkpoint that the sink names is there still.
      await place.start().done;
      last = turns;
    }
    expect(last).toBe(119);
  });

  test('a second time waits for the first', async () => {
    const place = new Place();
    const job = place.start();
    for (let i = 0; i < 20; i++) await turn();
    void job.stop();
    await job.stop();
    expect(place.holder).toBeNull();
  });

  test('whose last commit fails ends it with that error', async () => {
    const place = new Place();
    const job = place.start();
    await job.opened;
    place.isFull = true;
    await expect(job.stop()).rejects.toMatchObject({ code: 'VS5342' });
    await expect(job.done).rejects.toMatchObject({ code: 'VS5342' });
    expect(place.holder).toBeNull();
  });
});
