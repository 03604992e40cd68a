/**
 * Nexmark here and on a real Flink, over one file of seeded events: the rows that stand at the end are equal. A run takes a sample of the
 * queries; NEXMARK_ANSWERS=all takes all, as `npm run bench:nexmark -- --check` does. ORACLE_SEED sets the seed.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import { checkAnswer, NOT_PRINTED } from '../../bench/nexmark/check-answers.ts';
import { type FlinkRunner, fileInput, openFlink } from '../../bench/nexmark/flink-runner.ts';
import { jsonlFile, sideInputFile } from '../../bench/nexmark/generator/write-files.ts';
import { ORACLE_SEED } from '../oracle/oracle-run.ts';
import { QUERIES, stream } from './nexmark.fixture.ts';

const flink = service('flink');
const EVENTS = 5_000;
const SAMPLE = 6;
const sampled =
  process.env['NEXMARK_ANSWERS'] === 'all'
    ? QUERIES
    : Array.from({ length: SAMPLE }, (_, i) => QUERIES[(Math.abs(ORACLE_SEED) * SAMPLE + i) % QUERIES.length] as string);

let runner: FlinkRunner | undefined;
afterAll(() => runner?.close());

describe('Nexmark on Flink', () => {
  const cases = sampled.flatMap((query) =>
    NOT_PRINTED.has(query) ? [[query, 'written'] as const] : [[query, 'written'] as const, [query, 'printed'] as const],
  );

  test.for(cases)('%s, %s for it, gives the rows that it gives here', { timeout: 180_000 }, async ([query, as], context) => {
    const { VELO_FLINK_GATEWAY: gatewayUrl, VELO_FLINK_REST: restUrl } = flink.require(context);
    const options = stream(1);
    runner ??= await openFlink(fileInput(await jsonlFile(EVENTS, options), sideInputFile()), {
      gatewayUrl,
      restUrl,
      parallelism: 1,
      checkpointEveryMs: null,
    });
    const { result, onlyOurs, onlyTheirs, rows } = await checkAnswer(query, runner, { events: EVENTS, options, as });
    expect({ result, onlyOurs, onlyTheirs }).toEqual({ result: 'equal', onlyOurs: [], onlyTheirs: [] });
    expect(rows).toBeGreaterThan(0);
  });
});
