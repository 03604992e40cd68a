import { format, parse } from '@velostream/core/sql';
import { describe, expect, test } from 'vitest';
import { DEVELOPMENT_SETS, HELD_BACK_SETS } from '../eval/all-sets.ts';
import { completeOffline } from './complete-offline.ts';

const CUTS = /\b(FROM|GROUP BY|WINDOW|EMIT|ON|ORDER BY|LIMIT)\b/g;

/** Prefixes of real queries, cut before and after each clause word, with the words that follow. */
function prefixes() {
  return [...HELD_BACK_SETS, ...DEVELOPMENT_SETS].flatMap((set) =>
    [
      ...new Set(
        set.cases.flatMap((c) =>
          c.gold === undefined
            ? []
            : [
                format(`${c.gold}${/EMIT/.test(c.gold) ? '' : ' EMIT CHANGES'}`)
                  .replace(/\s+/g, ' ')
                  .replace(/;\s*$/, ''),
              ],
        ),
      ),
    ].flatMap((sql) =>
      [...sql.matchAll(CUTS)]
        .flatMap((m) => [m.index, m.index + m[0].length + 1])
        .map((at) => ({ set, prefix: sql.slice(0, at), next: sql.slice(at) })),
    ),
  );
}

const group = (text: string): string => (/^(GROUP BY|ORDER BY|[`\w.]+|\S)/i.exec(text.trim())?.[0] ?? '').toUpperCase();

describe('completion without a model', () => {
  const all = prefixes();
  const made = all.flatMap(({ set, prefix, next }) => {
    const text = completeOffline({ prefix, suffix: '', schemas: set.schemas })?.items[0]?.text;
    return text === undefined ? [] : [{ prefix, next, text }];
  });

  test('is asked on at least 300 prefixes', () => {
    expect(made.length).toBeGreaterThanOrEqual(300);
  });

  test('the first suggestion always parses', { timeout: 120_000 }, () => {
    const broken = made.filter(({ prefix, text }) => parse(prefix + text).diagnostics.some((d) => d.severity === 'error'));
    expect(broken.map((b) => b.prefix + b.text)).toEqual([]);
  });

  test('four of five name the words that follow', () => {
    const hits = made.filter(({ next, text }) => group(next) === group(text)).length;
    expect(hits / all.length).toBeGreaterThanOrEqual(0.8);
  });

  test('takes less than 5 ms', () => {
    const { set, prefix } = all[0] as (typeof all)[number];
    const started = performance.now();
    for (let i = 0; i < 50; i++) completeOffline({ prefix, suffix: '', schemas: set.schemas });
    expect((performance.now() - started) / 50).toBeLessThan(5);
  });
});
