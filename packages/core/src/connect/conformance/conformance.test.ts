import { describe, expect, test } from 'vitest';
import { fromApi } from '../../values/from-api.ts';
import { FLOAT, INTEGER, STRING, TIMESTAMP } from '../../values/types.ts';
import { defineConnector } from '../connector.ts';
import { datagen } from '../datagen/datagen.ts';
import { memory } from '../memory/memory.ts';
import { connectorConformance } from './connector-conformance.ts';
import type { FixtureRows } from './fixture.ts';

const FIELDS = [
  { name: 'id', type: INTEGER, nullable: true },
  { name: 'name', type: STRING, nullable: true },
  { name: 'score', type: FLOAT, nullable: true },
];
const ROWS: FixtureRows = Array.from({ length: 25 }, (_, i) => [i, i % 7 === 3 ? null : `n${i % 4}`, i + 0.5]);

describe('memory', () => {
  const store = memory({ t: ROWS.map(([id, name, score]) => ({ id, name, score })) });
  let next = 0;
  const cases = connectorConformance(store, {
    source: async () => ({ options: { table: 't' }, fields: FIELDS, rows: ROWS }),
    async sink() {
      const table = `out${next++}`;
      return {
        options: { table },
        visible: async (fields) =>
          store.rows(table).map((row) => fields.map((f) => fromApi(f.type, (row as Record<string, unknown>)[f.name], f.name))),
      };
    },
  });
  test.each(cases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
});

describe('datagen', () => {
  const columns = [
    { name: 'id', kind: 'sequence' },
    { name: 'at', kind: 'timestamp', start: 0, stepMs: 10 },
  ];
  const cases = connectorConformance(datagen(), {
    source: async () => ({
      options: { columns: JSON.stringify(columns), rows: '23' },
      fields: [
        { name: 'id', type: INTEGER, nullable: false },
        { name: 'at', type: TIMESTAMP, nullable: false },
      ],
      rows: Array.from({ length: 23 }, (_, i) => [i, i * 10]),
    }),
  });
  test.each(cases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
});

test('the suite finds a connector that loses, repeats and mixes up rows', async () => {
  const good = memory({ t: ROWS.map(([id, name, score]) => ({ id, name, score })) });
  const bad = defineConnector<{ table: string; max_rows: number }>({
    ...good,
    name: 'bad',
    source(options, host) {
      const source = good.source!(options, host);
      return {
        describe: (signal) => source.describe(signal),
        async *read(request) {
          // Ignores where to start and the signal, and turns columns round.
          for await (const part of source.read({ ...request, from: undefined, signal: new AbortController().signal })) {
            yield { ...part, batch: { ...part.batch, columns: [...part.batch.columns].reverse() } };
          }
        },
      };
    },
    sink(options, host) {
      const sink = good.sink!(options, host);
      let epoch = 100;
      return { ...sink, commit: () => sink.commit(epoch++) };
    },
  });
  const failed: string[] = [];
  const cases = connectorConformance(bad, {
    source: async () => ({ options: { table: 't' }, fields: FIELDS, rows: ROWS }),
    sink: async () => ({ options: { table: 'o' }, visible: async () => [] }),
  });
  for (const { name, run } of cases) {
    await run().catch(() => {
      failed.push(name);
    });
  }
  expect(failed).toEqual(
    expect.arrayContaining([
      'source reads all rows in order',
      'source goes on from every batch end',
      'source ends on abort, before and while reading',
      'source gives wanted columns alone, in the wanted order',
      'source refuses positions that are not its own',
      'sink shows every value of every type after the commit',
      'sink adds nothing when an epoch comes again after a crash',
    ]),
  );
});
