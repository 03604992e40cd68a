import { describe, expect, test } from 'vitest';
import type { Checkpoint, Row } from '../../src/engine/index.ts';
import { engineOver, events, QUERIES, queryText, stream } from './nexmark.fixture.ts';

const EVENTS = 1_500;
/** Where runs are cut and go on in another engine; not at round numbers. */
const CUTS = [7, 333, 801, 1_499];

const rows = events(EVENTS, { ...stream(9), eventsPerSecond: 20 });
const told = (changes: readonly { op: string; row: Row }[]): string[] =>
  changes.map(({ op, row }) => `${op} ${JSON.stringify(Object.values(row))}`);

async function inBatches(name: string, batchRows: number, codegen: boolean): Promise<string[]> {
  const changes: { op: string; row: Row }[] = [];
  for await (const change of engineOver(rows, { codegen }).run(queryText(name), { batchRows }).changes()) changes.push(change);
  return told(changes);
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The same changes from engines that each take over from a checkpoint of the one before. */
async function inPieces(name: string): Promise<string[]> {
  const changes: { op: string; row: Row }[] = [];
  let from: Checkpoint | undefined;
  for (const [i, start] of [0, ...CUTS].entries()) {
    const engine = engineOver(undefined);
    const query = engine.run(queryText(name), from === undefined ? {} : { from });
    const reading = (async () => {
      for await (const change of query.changes()) changes.push(change);
    })().catch(() => undefined);
    engine.push('nexmark', rows.slice(start, CUTS[i] ?? EVENTS));
    if (i === CUTS.length) {
      engine.end('nexmark');
      await reading;
    } else {
      const until = CUTS[i] as number;
      while ((query.metrics().sources[0]?.rowsIn ?? 0) < until) await turn();
      from = await query.checkpoint();
      // What the rows made has come out, and is read within a few turns.
      for (let n = 0; n < 5; n++) await turn();
      await query.cancel();
      await reading;
    }
    await engine.close();
  }
  return told(changes);
}

describe('Nexmark in any chunks', () => {
  test.each(QUERIES)('%s tells the same changes for any batches, interpreted or not', async (name) => {
    const whole = await inBatches(name, 4096, true);
    expect(await inBatches(name, 1, true)).toEqual(whole);
    expect(await inBatches(name, 100, false)).toEqual(whole);
  });

  test.each(QUERIES)('%s tells the same changes when checkpoints are restored', async (name) => {
    expect(await inPieces(name)).toEqual(await inBatches(name, 4096, true));
  });
});
