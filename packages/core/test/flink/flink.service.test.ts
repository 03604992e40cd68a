/**
 * The same SQL on this engine and on a real Flink, over the same rows: final results are equal, but for what `exceptions.ts` lists.
 *
 * A run takes a sample; `npm run flink:diff` (FLINK_DIFF=all) takes all: the streaming corpus, and over 300 generated queries in streaming and
 * batch mode, from files and from Kafka. FLINK_DIFF=windows/ takes the cases of the corpus whose name holds that. ORACLE_SEED sets the seed.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import { ORACLE_SEED } from '../oracle/oracle-run.ts';
import { compare, type Inquiry, inquiryOf, type Outcome } from './differential.ts';
import { EXCEPTIONS, type Exception } from './exceptions.ts';
import { type GatewaySession, openGateway } from './gateway-session.ts';
import { catalog, type Dataset, datasets, ownRows, withDelay, writeFiles } from './generated.ts';
import { type Topics, writeTopics } from './generated-topics.ts';
import { FlinkRunner } from './run-on-flink.ts';
import { sltCases } from './slt-cases.ts';

const flink = service('flink');
const kafka = service('kafka');
const wanted = process.env['FLINK_DIFF'] ?? '';
const isAll = wanted === 'all';
const folder = mkdtempSync(join(tmpdir(), 'velo-flink-'));
const PATIENCE_MS = isAll ? 1_800_000 : 300_000;

/** Rows are looked at one by one for their watermark, as they are here. */
const SETTINGS = { 'table.local-time-zone': 'UTC', 'pipeline.auto-watermark-interval': '0' };
const sessions: GatewaySession[] = [];
/** One for each mode: it knows which tables its session holds. */
const runners = new Map<string, FlinkRunner>();

async function runner(
  mode: 'streaming' | 'batch',
  variables: { VELO_FLINK_GATEWAY: string; VELO_FLINK_REST: string },
): Promise<FlinkRunner> {
  const known = runners.get(mode);
  if (known) return known;
  const session = await openGateway(variables.VELO_FLINK_GATEWAY, { ...SETTINGS, 'execution.runtime-mode': mode });
  sessions.push(session);
  const made = new FlinkRunner(session, variables.VELO_FLINK_REST);
  runners.set(mode, made);
  return made;
}

afterAll(async () => {
  for (const session of sessions) await session.close();
});

const isOf = ({ id, sql }: Outcome, { cases }: Exception): boolean =>
  cases.some(([file, text]) => id.startsWith(`${file}:`) && sql.startsWith(text));
const excepted = (outcome: Outcome): boolean => EXCEPTIONS.some((each) => isOf(outcome, each));
const differs = ({ result }: Outcome): boolean => result === 'unequal' || result === 'failed';

/** Nothing fails or differs unexplained; a summary is printed. */
function check(outcomes: readonly Outcome[], title: string): Record<Outcome['result'], number> {
  const counts = { equal: 0, unequal: 0, refused: 0, failed: 0, 'own-error': 0 };
  for (const { result } of outcomes) counts[result]++;
  const said = Object.entries(counts).map(([result, count]) => `${count} ${result}`);
  process.stdout.write(`[flink] ${title}: ${said.join(', ')}\n`);
  const wrong = outcomes.filter((each) => each.result === 'own-error' || (differs(each) && !excepted(each)));
  expect(wrong.map((each) => `${each.id}: ${each.result}\n${each.sql}\n${each.reasons.join(' ')}\n${each.detail}`)).toEqual([]);
  return counts;
}

/** The queries of a data set, as final rows and as the last change per key. */
function generated(dataset: Dataset, connections: Inquiry['connections'], mode: 'streaming' | 'batch'): Inquiry[] {
  return dataset.queries.flatMap((query, i): Inquiry[] => {
    const one = (sql: string, kind: string): Inquiry => ({
      id: `${dataset.name}/${i}/${query.shape}/${kind}`,
      sql: withDelay(sql),
      catalog,
      connections,
      prefix: '',
      job: null,
      own: () => ownRows(dataset, sql, kind === 'changes'),
    });
    return [one(query.ours, 'final'), ...(query.changes === null || mode === 'batch' ? [] : [one(query.changes, 'changes')])];
  });
}

describe('the streaming corpus', () => {
  test('gives the same final rows', { timeout: PATIENCE_MS }, async (context) => {
    const variables = flink.require(context);
    const all = sltCases().cases.filter((each) => wanted === '' || isAll || each.id.includes(wanted));
    // Every case of the corpus has its place; a sample goes through it in steps.
    const cases = wanted === '' ? all.filter((_, i) => i % 29 === ORACLE_SEED % 29) : all;
    const outcomes = await compare(
      cases.map((each) => inquiryOf(each, folder)),
      await runner('streaming', variables),
      'streaming',
    );
    const counts = check(outcomes, `${cases.length} cases of the corpus`);
    expect(counts.equal).toBeGreaterThan(cases.length / 2);
    // What is equal is no exception; a case that is gone is none either.
    const stale = EXCEPTIONS.filter((each) => each.isRace !== true).flatMap((each) =>
      each.cases.filter((one) => !outcomes.some((outcome) => differs(outcome) && isOf(outcome, { ...each, cases: [one] }))),
    );
    if (isAll) expect(stale).toEqual([]);
  });
});

describe.skipIf(wanted !== '' && !isAll)('generated queries', () => {
  test('give the same final rows in streaming mode, from files', { timeout: PATIENCE_MS }, async (context) => {
    const variables = flink.require(context);
    let asked = 0;
    for (const dataset of datasets(isAll ? 10 : 1, isAll ? 25 : 12, ORACLE_SEED)) {
      const inquiries = generated(dataset, writeFiles(dataset, folder), 'streaming');
      const outcomes = await compare(inquiries, await runner('streaming', variables), 'streaming');
      asked += check(outcomes, `${dataset.name}, ${inquiries.length} questions`).equal;
    }
    expect(asked).toBeGreaterThan(isAll ? 300 : 10);
  });

  test('give the same final rows in batch mode, from files', { timeout: PATIENCE_MS }, async (context) => {
    const variables = flink.require(context);
    for (const dataset of datasets(isAll ? 4 : 1, isAll ? 20 : 6, ORACLE_SEED + 1000)) {
      const inquiries = generated(dataset, writeFiles(dataset, folder), 'batch');
      check(
        await compare(inquiries, await runner('batch', variables), 'batch'),
        `${dataset.name} in batch mode, ${inquiries.length} questions`,
      );
    }
  });
});

describe.skipIf(wanted !== '' && !isAll)('generated queries over Kafka', () => {
  let topics: Topics | undefined;
  beforeAll(async () => {
    const found = kafka.find();
    if (found !== undefined && flink.find() !== undefined)
      topics = await writeTopics(datasets(isAll ? 4 : 1, isAll ? 20 : 6, ORACLE_SEED + 2000), found.VELO_KAFKA_BROKERS);
  });
  afterAll(() => topics?.remove());

  test('give the same final rows', { timeout: PATIENCE_MS }, async (context) => {
    kafka.require(context);
    const variables = flink.require(context);
    for (const { dataset, connections } of topics?.all ?? []) {
      const inquiries = generated(dataset, connections, 'streaming');
      check(
        await compare(inquiries, await runner('streaming', variables), 'streaming'),
        `${dataset.name} over topics, ${inquiries.length} questions`,
      );
    }
  });
});

test('the list of exceptions stays short enough to be read', () => {
  expect(EXCEPTIONS.length).toBeLessThanOrEqual(25);
  expect(EXCEPTIONS.flatMap((each) => each.cases).length).toBeLessThanOrEqual(25);
});
