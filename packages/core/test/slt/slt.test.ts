/**
 * Runs every `.slt` file beside this one. Each case is executed six ways - a feed as one batch, one row per batch, with a
 * checkpoint and restore between any two records, each compiled and interpreted - and must give the same answers.
 *
 * `SLT=joins/inner.slt:40` runs what matches; `SLT_ACCEPT=1` rewrites expectations to what the first way gave, for review.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { accepted, type Replacement } from './accept.ts';
import { difference } from './compare.ts';
import { checkStatic, explained } from './diagnose.ts';
import { parseFile, type SltCase } from './parse-file.ts';
import { type Observation, runCase, VARIANTS } from './run-case.ts';

const ROOT = import.meta.dirname;
const [wantedPath = '', wantedLine] = (process.env['SLT'] ?? '').split(':');
const accepts = process.env['SLT_ACCEPT'] === '1';

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.slt') && path.includes(wantedPath))
  .sort();

const RUNNING = new Set(['job', 'query', 'value']);

function check(seen: Observation, variant: string, replacements: Replacement[] | null): void {
  const { step } = seen;
  if (!('expected' in step)) return;
  const found = difference(seen, step.expected, !('ordered' in step) || step.ordered);
  if (found === null) return;
  if (replacements !== null) replacements.push({ expected: step.expected, lines: found.actual === '' ? [] : found.actual.split('\n') });
  else expect(found.actual, `line ${step.line}, ${variant}`).toBe(found.expected);
}

async function execute(slt: SltCase, replacements: Replacement[] | null): Promise<void> {
  for (const step of slt.steps) {
    const problem = checkStatic(step, slt);
    if (problem !== null) expect.fail(`line ${step.line}: ${problem}`);
    if (step.kind === 'explain') check(explained(step, slt), 'explain', replacements);
  }
  if (!slt.steps.some((step) => RUNNING.has(step.kind))) return;
  const alone = slt.steps.every((step) => step.kind !== 'job' && step.kind !== 'feed');
  const ways = alone ? VARIANTS.filter((variant) => variant.feeding !== 'restore') : VARIANTS;
  for (const variant of replacements === null ? ways : ways.slice(0, 1)) {
    for (const seen of await runCase(slt, variant)) check(seen, variant.name, replacements);
  }
}

describe.each(files)('%s', (path) => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const cases = parseFile(text).filter((slt, i, all) => wantedLine === undefined || isAt(Number(wantedLine), slt, all[i + 1]));
  const replacements: Replacement[] | null = accepts ? [] : null;
  let left = cases.length;

  test.each(cases.map((slt) => [`${slt.title} (${relative(ROOT, join(ROOT, path))}:${slt.line})`, slt] as const))('%s', async (_, slt) => {
    await execute(slt, replacements);
    if (--left === 0 && replacements !== null && replacements.length > 0) writeFileSync(join(ROOT, path), accepted(text, replacements));
  });
});

const isAt = (line: number, slt: SltCase, next: SltCase | undefined): boolean =>
  line >= slt.line && (next === undefined || line < next.line);
