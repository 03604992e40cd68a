import { describe, expect, test } from 'vitest';
import { findInsights, type Insight, variedInsights } from './insights.ts';

const START = 1_700_000_000_000;
const MINUTE = 60_000;

/** Numbers from 0 to 1, the same each time. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const schema = (types: Readonly<Record<string, string>>) => ({
  eventTime: 'at',
  columns: Object.entries({ ...types, at: 'TIMESTAMP' }).map(([name, type]) => ({ name, type })),
});

const about = (found: readonly Insight[], kind: Insight['kind']): string[] => found.filter((i) => i.kind === kind).map((i) => i.text);

const MADE = (() => {
  const random = noise(7);
  return Array.from({ length: 600 }, (_, i) => {
    const load = 10 + i * 0.05 + random();
    return {
      host: random() < 0.7 ? 'h1' : `h${2 + Math.floor(random() * 5)}`,
      load,
      cpu: load * 2 + random(),
      latency_ms: [13, 71, 160, 305, 333, 470, 588].includes(i) ? 9_000 : 50 + random() * 20,
      tide: 100 + 40 * Math.sin((i / 60) * 2 * Math.PI) + random(),
      note: random() < 0.3 ? null : 'x',
      at: START + i * MINUTE + (i > 300 ? 120 * MINUTE : 0),
    };
  });
})();
const MADE_SCHEMA = schema({ host: 'STRING', load: 'FLOAT', cpu: 'FLOAT', latency_ms: 'FLOAT', tide: 'FLOAT', note: 'STRING' });

describe('what sampled rows show', () => {
  const found = findInsights(MADE_SCHEMA, MADE);

  test('is found where it was put', () => {
    expect(about(found, 'trend').join()).toMatch(/load rises by about 2\.\d+ per hour/);
    expect(about(found, 'correlation').join()).toMatch(/load and cpu move together \(correlation 0\.99/);
    expect(about(found, 'outliers').join()).toMatch(/latency_ms has 7 values far from the rest: up to 9000/);
    expect(about(found, 'skew').join()).toMatch(/% of the rows have host = h1; there are 6 values/);
    expect(about(found, 'gaps').join()).toMatch(/a gap of 121 minutes/);
    expect(about(found, 'missing').join()).toMatch(/note is empty/);
  });

  test('repeats only where values come back, not where they drift', () => {
    expect(about(found, 'seasonality')).toHaveLength(1);
    expect(about(found, 'seasonality')[0]).toMatch(/^tide repeats about every (5[5-9]|6[0-5]) minutes/);
  });

  test('has every number of its sentence in its evidence', () => {
    for (const { text, evidence } of found)
      for (const number of text.replace(/\b[a-z_]+\d+\b/g, '').match(/\d+(?:\.\d+)?/g) ?? [])
        expect(Object.values(evidence).map(String), text).toContain(number);
  });

  test('comes in its variety first', () => {
    const kinds = variedInsights(found, 6).map((i) => i.kind);
    expect(new Set(kinds).size).toBe(6);
  });
});

describe('rows that show nothing', () => {
  test('bring no sentence', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const random = noise(seed);
      const rows = Array.from({ length: 400 }, (_, i) => ({ a: random(), b: random(), k: `k${i % 5}`, at: START + i * MINUTE }));
      expect(findInsights(schema({ a: 'FLOAT', b: 'FLOAT', k: 'STRING' }), rows)).toEqual([]);
    }
  });

  test('a walk that wanders does not repeat', () => {
    for (const seed of [11, 12, 13, 14]) {
      const random = noise(seed);
      let level = 100;
      const rows = Array.from({ length: 500 }, (_, i) => {
        level += 0.2 + random() - 0.5;
        return { a: level, at: START + i * MINUTE };
      });
      expect(about(findInsights(schema({ a: 'FLOAT' }), rows), 'seasonality'), String(seed)).toEqual([]);
    }
  });
});
