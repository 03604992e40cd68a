import { VeloError } from '../../diagnostics/velo-error.ts';
import { sameType } from '../../values/type-text.ts';
import { INTEGER, type Scalar } from '../../values/types.ts';
import type { BadRecord, ConnectorDefinition, ReadRequest, Source, SourceBatch, SystemName } from '../connector.ts';
import type { Offset } from '../offset.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { check, checkRefused, checkRows, rowsOfBatch, settle } from './check.ts';
import type { ConformanceCase, ConformanceFixture, SourceFixture } from './fixture.ts';

/** A source opened on a fixture, with what checks do to it. */
interface Opened {
  readonly fixture: SourceFixture;
  readonly source: Source;
  request(more?: Partial<ReadRequest>): ReadRequest;
  /** Another source on the same system, as after a restart. */
  reopen(): Source;
}

interface Collected {
  readonly rows: Scalar[][];
  readonly bad: BadRecord[];
  readonly steps: { readonly next: Offset; readonly rows: number }[];
  readonly batches: SourceBatch[];
}

async function collect(source: Source, request: ReadRequest): Promise<Collected> {
  const all: Collected = { rows: [], bad: [], steps: [], batches: [] };
  for await (const part of source.read(request)) {
    all.rows.push(...rowsOfBatch(part.batch, request.fields.length));
    all.bad.push(...(part.bad ?? []));
    all.steps.push({ next: part.next, rows: all.rows.length });
    all.batches.push(part);
  }
  return all;
}

const asSaved = (offset: Offset): Offset => JSON.parse(JSON.stringify(offset)) as Offset;

const CASES: readonly { readonly name: string; readonly run: (o: Opened) => Promise<void> }[] = [
  { name: 'describes its columns, twice the same', run: describesColumns },
  {
    name: 'reads all rows in order',
    run: async (o) => checkRows((await collect(o.source, o.request())).rows, o.fixture.rows, 'all rows come in order'),
  },
  { name: 'keeps to the batch size', run: keepsBatchSize },
  { name: 'gives wanted columns alone, in the wanted order', run: givesWantedColumns },
  { name: 'gives rows without columns', run: givesRowsWithoutColumns },
  { name: 'goes on from every batch end', run: goesOn },
  { name: 'gives system columns when asked and not otherwise', run: givesSystemColumns },
  { name: 'ends on abort, before and while reading', run: endsOnAbort },
  { name: 'waits until it is asked', run: waitsUntilAsked },
  { name: 'can be left in the middle and read again', run: canBeLeft },
  { name: 'has one reader at a time', run: hasOneReader },
  { name: 'refuses positions that are not its own', run: refusesForeignPositions },
  { name: 'refuses columns it does not have, or gives NULL', run: refusesForeignColumns },
  { name: 'closes twice', run: closesTwice },
];

async function describesColumns({ source, fixture }: Opened): Promise<void> {
  const { signal } = new AbortController();
  const first = await source.describe(signal);
  const names = first.fields.map((field) => field.name);
  check(
    JSON.stringify(names) === JSON.stringify(fixture.fields.map((f) => f.name)),
    `the columns are named in order, not ${names.join(', ')}`,
  );
  first.fields.forEach((field, i) => {
    check(sameType(field.type, fixture.fields[i]!.type), `column "${field.name}" has the type that it was written with`);
  });
  check(first.bounded, 'a source of known rows is bounded');
  check(JSON.stringify(await source.describe(signal)) === JSON.stringify(first), 'describing again gives the same');
}

async function keepsBatchSize({ source, fixture, request }: Opened): Promise<void> {
  const { rows, batches } = await collect(source, request({ maxBatchRows: 3 }));
  checkRows(rows, fixture.rows, 'small batches hold the same rows');
  check(
    batches.every(({ batch }) => batch.length <= 3),
    'no batch has more rows than wanted',
  );
}

async function givesWantedColumns({ source, fixture, request }: Opened): Promise<void> {
  const order = fixture.fields.map((_, i) => i).reverse();
  const reversed = await collect(source, request({ fields: order.map((i) => fixture.fields[i]!) }));
  checkRows(
    reversed.rows,
    fixture.rows.map((row) => order.map((i) => row[i] as Scalar)),
    'columns come in the wanted order',
  );
  const last = fixture.fields.length - 1;
  const one = await collect(source, request({ fields: [fixture.fields[last]!] }));
  checkRows(
    one.rows,
    fixture.rows.map((row) => [row[last] as Scalar]),
    'one column comes alone',
  );
}

async function givesRowsWithoutColumns({ source, fixture, request }: Opened): Promise<void> {
  const { rows } = await collect(source, request({ fields: [] }));
  check(rows.length === fixture.rows.length, `counting needs no columns; ${rows.length} rows came and not ${fixture.rows.length}`);
}

async function goesOn({ source, fixture, request, reopen }: Opened): Promise<void> {
  const { steps } = await collect(source, request({ maxBatchRows: 4 }));
  check(steps.length > 1, 'the fixture has rows for several batches');
  for (const step of steps) {
    const rest = await collect(reopen(), request({ from: asSaved(step.next), maxBatchRows: 3 }));
    checkRows(rest.rows, fixture.rows.slice(step.rows), `after ${step.rows} rows reading goes on with the next`);
  }
}

async function givesSystemColumns({ source, request }: Opened): Promise<void> {
  const system: SystemName[] = ['_OFFSET', '_TIMESTAMP', '_PARTITION'];
  let last = Number.NEGATIVE_INFINITY;
  for (const { batch } of (await collect(source, request({ system, maxBatchRows: 4 }))).batches) {
    const { offset, timestamp, partition } = batch.meta;
    for (const values of [offset, timestamp, partition])
      check(values !== null && values.length >= batch.length, 'each wanted system column has a value per row');
    for (let i = 0; i < batch.length; i++) {
      check((offset![i] as number) > last, 'offsets grow');
      last = offset![i] as number;
    }
  }
  const { batches } = await collect(source, request());
  check(
    batches.every(({ batch }) => batch.meta.offset === null && batch.meta.timestamp === null),
    'nobody pays for system columns that were not asked for',
  );
}

async function endsOnAbort({ source, request }: Opened): Promise<void> {
  const before = new AbortController();
  before.abort();
  check((await collect(source, request({ signal: before.signal }))).rows.length === 0, 'an aborted reader gives nothing');
  const during = new AbortController();
  const reader = source.read(request({ signal: during.signal, maxBatchRows: 1 }))[Symbol.asyncIterator]();
  check(!(await reader.next()).done, 'there is a first batch');
  during.abort();
  check((await reader.next()).done, 'after the abort the reader ends, without an error');
}

async function waitsUntilAsked({ source, fixture, request }: Opened): Promise<void> {
  const reader = source.read(request({ maxBatchRows: 2 }))[Symbol.asyncIterator]();
  const first = await reader.next();
  check(!first.done, 'there is a first batch');
  const shown = JSON.stringify(rowsOfBatch(first.value.batch, fixture.fields.length), bigintText);
  await settle();
  check(
    JSON.stringify(rowsOfBatch(first.value.batch, fixture.fields.length), bigintText) === shown,
    'a batch does not change once handed on',
  );
  const rows: Scalar[][] = rowsOfBatch(first.value.batch, fixture.fields.length);
  for (let step = await reader.next(); !step.done; step = await reader.next()) {
    rows.push(...rowsOfBatch(step.value.batch, fixture.fields.length));
    await Promise.resolve();
  }
  checkRows(rows, fixture.rows, 'a slow reader gets the same rows');
}

const bigintText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}n` : value instanceof Map ? [...value] : value;

async function canBeLeft({ source, fixture, request }: Opened): Promise<void> {
  for await (const _ of source.read(request({ maxBatchRows: 1 }))) break;
  await settle();
  checkRows((await collect(source, request())).rows, fixture.rows, 'after a reader left, the next one gets all rows');
}

async function hasOneReader({ source, request }: Opened): Promise<void> {
  const first = source.read(request({ maxBatchRows: 1 }))[Symbol.asyncIterator]();
  await first.next();
  await checkRefused(async () => source.read(request())[Symbol.asyncIterator]().next(), 'a second reader is refused');
  await first.return?.();
}

async function refusesForeignPositions({ reopen, request }: Opened): Promise<void> {
  for (const from of ['nonsense', -1, { rows: -5 }, [1, 2], { a: { b: null } }]) {
    await checkRefused(() => collect(reopen(), request({ from })), `position ${JSON.stringify(from)} is refused`);
  }
}

async function refusesForeignColumns({ source, request }: Opened): Promise<void> {
  const fields = [{ name: 'no such column', type: INTEGER, nullable: true }];
  let rows: Scalar[][];
  try {
    ({ rows } = await collect(source, request({ fields })));
  } catch (error) {
    check(VeloError.is(error), 'an unknown column is refused with a coded error');
    return;
  }
  check(
    rows.every((row) => row[0] === null),
    'a column that no record has is NULL',
  );
}

async function closesTwice({ source, request }: Opened): Promise<void> {
  await collect(source, request());
  await source.close?.();
  await source.close?.();
}

async function reportsBadRecords({ source, fixture, request, reopen }: Opened): Promise<void> {
  const { rows, bad, steps } = await collect(source, request({ maxBatchRows: 4 }));
  checkRows(rows, fixture.rows, 'the good rows come all the same');
  check(bad.length === fixture.badRecords, `each bad record is reported once; ${bad.length} were and not ${fixture.badRecords}`);
  for (const { error, position, sample } of bad) {
    check(VeloError.is(error) && /^VS4\d{3}$/.test(error.code), 'a bad record has a coded error');
    check(position !== '', 'a bad record has a position');
    check(sample.length <= 200, 'a sample has at most 200 characters');
  }
  for (const step of steps) {
    const rest = await collect(reopen(), request({ from: asSaved(step.next) }));
    checkRows(rest.rows, fixture.rows.slice(step.rows), 'bad records do not disturb resuming');
  }
}

/** The checks of a connector's source side. */
export function sourceCases<O>(definition: ConnectorDefinition<O>, fixture: ConformanceFixture): ConformanceCase[] {
  const make = definition.source?.bind(definition);
  if (make === undefined) return [];
  const host = fixture.host ?? { warn: () => {}, now: () => Date.now() };
  const on = (prepare: () => Promise<SourceFixture>, run: (o: Opened) => Promise<void>) => async (): Promise<void> => {
    const system = await prepare();
    const reopen = (): Source => make(resolveOptions(definition, system.options, host), host);
    const source = reopen();
    const plain = {
      fields: system.fields,
      system: [],
      predicates: [],
      from: undefined,
      signal: new AbortController().signal,
      maxBatchRows: 4096,
    };
    try {
      await run({ fixture: system, source, reopen, request: (more) => ({ ...plain, ...more }) });
    } finally {
      await source.close?.();
      await system.dispose?.();
    }
  };
  const cases =
    fixture.source === undefined
      ? []
      : CASES.map(({ name, run }) => ({ name: `source ${name}`, run: on(fixture.source!.bind(fixture), run) }));
  if (fixture.damaged === undefined) return cases;
  return [
    ...cases,
    { name: 'source reports bad records and loses no good one', run: on(fixture.damaged.bind(fixture), reportsBadRecords) },
  ];
}
