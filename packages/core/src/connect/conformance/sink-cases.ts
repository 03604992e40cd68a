import type { Field } from '../../values/column.ts';
import { columnFromScalars } from '../../values/column-builder.ts';
import { NO_META } from '../../values/record-batch.ts';
import { BOOLEAN, DATE, decimal, FLOAT, INTEGER, type Scalar, STRING, TIMESTAMP } from '../../values/types.ts';
import type { ConnectorDefinition, Sink, SinkWrite } from '../connector.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { check, checkRefused, checkRows } from './check.ts';
import type { ConformanceCase, ConformanceFixture, FixtureRows, SinkFixture } from './fixture.ts';

const FIELDS: readonly Field[] = [
  { name: 'id', type: INTEGER, nullable: false },
  { name: 'text', type: STRING, nullable: true },
  { name: 'exact', type: decimal(18, 4), nullable: true },
  { name: 'ratio', type: FLOAT, nullable: true },
  { name: 'ok', type: BOOLEAN, nullable: true },
  { name: 'at', type: TIMESTAMP, nullable: true },
  { name: 'day', type: DATE, nullable: true },
  { name: '__proto__', type: STRING, nullable: true },
];

const SAMPLES: Readonly<Record<string, readonly Scalar[]>> = {
  integer: [0, -1, 9007199254740991, 9007199254740993n, -9223372036854775808n],
  string: ['plain', '', 'with "quotes", commas\nand lines', '=1+1', 'é😀', ' spaces '],
  decimal: [0, -5000, 123456789, 99999999999999n],
  float: [0, -0.5, 1e-7, 1.7976931348623157e308, 0.1],
  boolean: [true, false],
  timestamp: [0, 1_700_000_000_123, -1],
  date: [0, 86_400_000 * 19_000, -86_400_000],
};

/** Row `n`: other values in every row, NULL now and then where the column takes it. */
const rowOf = (n: number, fields: readonly Field[]): Scalar[] =>
  fields.map((field, c) => {
    if (field.nullable && (n + c) % 5 === 4) return null;
    const samples = SAMPLES[field.type.kind] ?? [null];
    return samples[(n * 3 + c) % samples.length] as Scalar;
  });

const rowsFrom = (from: number, to: number, fields: readonly Field[]): Scalar[][] =>
  Array.from({ length: to - from }, (_, i) => rowOf(from + i, fields));

interface Opened {
  readonly fields: readonly Field[];
  readonly sink: Sink;
  readonly signal: AbortSignal;
  /** Another sink on the same system, as after a crash; opened. */
  restart(): Promise<Sink>;
  visible(): Promise<FixtureRows>;
  write(rows: FixtureRows): SinkWrite;
}

type Check = { readonly name: string; readonly isExact: boolean; readonly run: (o: Opened) => Promise<void> };

const CASES: readonly Check[] = [
  {
    name: 'shows every value of every type after the commit',
    isExact: false,
    async run({ sink, fields, signal, write, visible }) {
      const rows = rowsFrom(0, 40, fields);
      await sink.write(write(rows.slice(0, 15)), signal);
      await sink.write(write([]), signal);
      await sink.write(write(rows.slice(15)), signal);
      await sink.commit(1);
      checkRows(await visible(), rows, 'committed rows are there, in order');
    },
  },
  {
    name: 'shows nothing before the commit and nothing after an abort',
    isExact: true,
    async run({ sink, fields, signal, write, visible }) {
      await sink.write(write(rowsFrom(0, 3, fields)), signal);
      check((await visible()).length === 0, 'rows are not visible before their commit');
      await sink.close('abort');
      check((await visible()).length === 0, 'an abort throws them away');
    },
  },
  {
    name: 'keeps earlier commits when the next one is aborted',
    isExact: true,
    async run({ sink, fields, signal, write, visible }) {
      await sink.write(write(rowsFrom(0, 3, fields)), signal);
      await sink.commit(1);
      await sink.write(write(rowsFrom(3, 6, fields)), signal);
      await sink.commit(2);
      await sink.write(write(rowsFrom(6, 9, fields)), signal);
      await sink.close('abort');
      checkRows(await visible(), rowsFrom(0, 6, fields), 'what was committed stays');
    },
  },
  {
    name: 'adds nothing when an epoch comes again after a crash',
    isExact: true,
    async run({ sink, fields, signal, write, visible, restart }) {
      await sink.write(write(rowsFrom(0, 3, fields)), signal);
      await sink.commit(1);
      await sink.write(write(rowsFrom(3, 5, fields)), signal);
      const again = await restart();
      await again.write(write(rowsFrom(0, 3, fields)), signal);
      await again.commit(1);
      await again.write(write(rowsFrom(3, 6, fields)), signal);
      await again.commit(2);
      await again.close('complete');
      checkRows(await visible(), rowsFrom(0, 6, fields), 'each row is there once');
    },
  },
  {
    name: 'commits an empty epoch',
    isExact: false,
    async run({ sink, fields, signal, write, visible }) {
      await sink.commit(1);
      await sink.write(write(rowsFrom(0, 2, fields)), signal);
      await sink.commit(2);
      await sink.commit(3);
      checkRows(await visible(), rowsFrom(0, 2, fields), 'empty epochs change nothing');
    },
  },
  {
    name: 'closes twice and refuses rows afterwards',
    isExact: false,
    async run({ sink, fields, signal, write }) {
      await sink.write(write(rowsFrom(0, 2, fields)), signal);
      await sink.commit(1);
      await sink.close('complete');
      await sink.close('complete');
      await checkRefused(() => sink.write(write(rowsFrom(2, 3, fields)), signal), 'a closed sink takes no rows');
    },
  },
];

/** The checks of a connector's sink side. */
export function sinkCases<O>(definition: ConnectorDefinition<O>, fixture: ConformanceFixture): ConformanceCase[] {
  const make = definition.sink?.bind(definition);
  const prepare = fixture.sink?.bind(fixture);
  if (make === undefined || prepare === undefined) return [];
  const fields = fixture.sinkFields ?? FIELDS;
  const host = fixture.host ?? { warn: () => {}, now: () => Date.now() };
  const isExact = definition.guarantees.sink === 'exactly-once';
  const write = (rows: FixtureRows): SinkWrite => ({ keys: null, batch: batchOf(rows, fields) });
  const runOn = async (system: SinkFixture, run: Check['run']): Promise<void> => {
    const { signal } = new AbortController();
    const opened: Sink[] = [];
    const restart = async (): Promise<Sink> => {
      const sink = make(resolveOptions(definition, system.options, host), host);
      await sink.open(fields, signal);
      opened.push(sink);
      return sink;
    };
    try {
      await run({ fields, sink: await restart(), signal, restart, visible: () => system.visible(fields), write });
    } finally {
      for (const sink of opened.reverse()) await sink.close('abort');
      await system.dispose?.();
    }
  };
  return CASES.filter((one) => isExact || !one.isExact).map(({ name, run }) => ({
    name: `sink ${name}`,
    run: async () => runOn(await prepare(), run),
  }));
}

function batchOf(rows: FixtureRows, fields: readonly Field[]): SinkWrite['batch'] {
  return {
    length: rows.length,
    columns: fields.map((field, c) =>
      columnFromScalars(
        field.type,
        rows.map((row) => row[c] as Scalar),
      ),
    ),
    meta: NO_META,
    ops: null,
    watermarks: null,
  };
}
