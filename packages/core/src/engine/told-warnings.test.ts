import { describe, expect, test } from 'vitest';
import { type ConnectorDefinition, defineConnector } from '../connect/connector.ts';
import { defineOptions, option } from '../connect/options/index.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import { createEngine } from './index.ts';
import { createToldWarnings } from './told-warnings.ts';

const OPTIONS = defineOptions({ topic: option.text({ about: 'What is read.' }), delay: option.count({ about: 'A number.', default: 0 }) });

/** A source whose messages were deleted: it has no columns, and says so. */
const silent = defineConnector({
  name: 'silent',
  schemes: ['silent'],
  options: OPTIONS,
  guarantees: { resume: false, sink: 'none' },
  source: (_, host) => ({
    describe: async () => {
      host.warn('VS4811: no message of topic "orders" tells its columns. Declare the columns.');
      return { fields: [], bounded: true, origin: 'inferred' };
    },
    read: async function* () {},
  }),
}) as ConnectorDefinition<unknown>;

const WITH_OPTION = (name: string) =>
  `SELECT 1 AS one FROM orders WITH ('orders.type' = 'silent_source', 'orders.topic' = 'orders', '${name}' = '3')`;

describe('what connectors have to tell', () => {
  test('stands in the hint of the error that follows from it', async () => {
    const engine = createEngine({ connectors: [silent] });
    const error = await engine
      .run("SELECT price FROM orders WITH ('orders.type' = 'silent_source')")
      .rows()
      .then(
        () => null,
        (e: unknown) => e,
      );
    expect(VeloError.is(error) && error.code).toBe('VS2004');
    expect(VeloError.is(error) && error.hint).toContain('VS4811: no message of topic "orders" tells its columns. Declare the columns.');
    expect(VeloError.is(error) && error.span).toMatchObject({ start: 7, end: 12 });
  });

  test('reaches the result and the host of the engine, with the nearest name of an option', async () => {
    const told: string[] = [];
    const engine = createEngine({ connectors: [silent], onWarning: (message) => void told.push(message) });
    const query = engine.run(WITH_OPTION('orders.dellay'));
    await query.rows();
    const unknown = told.find((message) => message.includes('dellay'));
    expect(unknown).toContain('delay');
    expect(query.metrics().warnings).toMatchObject({ [unknown ?? '']: 1 });
    expect(told.some((message) => message.startsWith('VS4811'))).toBe(true);
  });

  test('is not that a source does not know the options of what the statement makes', async () => {
    const told: string[] = [];
    const engine = createEngine({ connectors: [silent], onWarning: (message) => void told.push(message) });
    await engine
      .run(
        "CREATE STREAM copy AS SELECT 1 AS one FROM orders WITH ('type' = 'silent_source', 'topic' = 'o', 'copy.type' = 'memory_sink', 'copy.table' = 'c')",
      )
      .rows();
    expect(told.filter((message) => message.includes('copy.'))).toEqual([]);
  });

  test('belongs to the run that it came from', async () => {
    const engine = createEngine({ connectors: [silent] });
    const first = engine.run(WITH_OPTION('orders.dellay'));
    const second = engine.run(WITH_OPTION('orders.delay'));
    await Promise.all([first.rows(), second.rows()]);
    expect(Object.keys(first.metrics().warnings).filter((w) => w.includes('dellay'))).toHaveLength(1);
    expect(Object.keys(second.metrics().warnings).filter((w) => w.includes('dellay'))).toHaveLength(0);
  });

  test('what is doubtful in the SQL is told like what a connector has to say', async () => {
    const told: string[] = [];
    const engine = createEngine({ sources: { orders: [{ a: 1, b: 2, c: 3 }] }, onWarning: (message) => void told.push(message) });
    const query = engine.run("SELECT a FROM orders WITH ('x' = 1, 'x' = 2)");
    await query.rows().catch(() => {});
    expect(told).toEqual([expect.stringContaining('VS1037')]);
  });

  test('is counted when it comes again, and bounded', () => {
    const heard: string[] = [];
    const told = createToldWarnings((message) => void heard.push(message));
    for (let i = 0; i < 300; i++) told.add(`message ${i % 150}`);
    expect([told.counts.size, told.counts.get('message 7'), heard.length]).toEqual([100, 2, 100]);
  });
});
