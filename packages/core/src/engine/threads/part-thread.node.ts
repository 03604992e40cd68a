import { parentPort } from 'node:worker_threads';
import type { ReadPart } from '../../connect/connector.ts';
import { splitPlan } from '../../sql/plan/split-plan.ts';
import { parseStatements } from '../../sql/syntax/parse-statements.ts';
import { prepare } from '../prepare.ts';
import type { FromThread, PartJob, ToThread } from './part-protocol.ts';
import { PartReader } from './part-reader.ts';

/** What runs in a thread of a query with `workers`: reads parts as it is told, one after the other. */
const port = parentPort;
if (port !== null) {
  let reader: Promise<PartReader> | null = null;
  port.on('message', async (message: ToThread) => {
    if (message.kind === 'job') {
      reader = readerFor(message.job);
      // It is told with the first part.
      reader.catch(() => {});
      return;
    }
    const { id, part } = message;
    try {
      if (reader === null) throw new Error('internal: expected that a job comes before its parts');
      const reading = (await reader).read(part, null);
      let step = reading.next();
      while (!step.done) step = reading.next();
      const bytes = step.value.bytes.slice();
      port.postMessage({ kind: 'part', id, result: { ...step.value, bytes } } satisfies FromThread, [bytes.buffer]);
    } catch (error) {
      port.postMessage({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) } satisfies FromThread);
    }
  });
}

async function readerFor(job: PartJob): Promise<PartReader> {
  const { sql, compat, limits, divisionByZero, missingFields, codegen, batchRows } = job;
  const prepared = await prepare({
    sql,
    parsed: parseStatements(sql, { maxSqlBytes: limits.maxSqlBytes, compat }),
    wanted: job.wanted,
    declared: new Map(),
    mailboxes: new Map(),
    connectors: noConnectors(),
    relations: job.relations,
    compat,
    divisionByZero,
    missingFields,
    codegen,
    signal: new AbortController().signal,
  });
  const plan = prepared.statements[0]?.plan;
  const split = plan && splitPlan(plan);
  if (plan?.fingerprint !== job.fingerprint || split?.kind !== 'split') throw new Error('the plan of a thread differs');
  const { readPart } = (await import(job.module)) as { readonly readPart: ReadPart };
  return new PartReader({ plan, node: split.node, fields: split.fields, isTimed: split.isTimed, readPart, codegen, batchRows, limits });
}

function noConnectors() {
  const none = () => Promise.reject(new Error('internal: expected that a thread opens nothing by itself'));
  return { sourceFromUri: none, sourceFromType: none, sinkFromUri: none, sinkFromType: none };
}
