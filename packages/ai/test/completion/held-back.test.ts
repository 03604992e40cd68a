import { parse } from '@velostream/core/sql';
import { beforeAll, describe, expect, test } from 'vitest';
import { completeOffline } from '../../src/complete/complete-offline.ts';
import { heldBackPrefixes, type Prefix } from './corpus.ts';
import { group } from './group.ts';

describe('completion on prefixes of real queries', () => {
  let all: readonly Prefix[] = [];
  let made: readonly (Prefix & { readonly text: string | undefined })[] = [];
  beforeAll(async () => {
    all = await heldBackPrefixes();
    made = all.map((p) => ({ ...p, text: completeOffline({ prefix: p.prefix, suffix: '', schemas: p.schemas })?.items[0]?.text }));
  }, 120_000);

  test('asks at least 300 prefixes', () => {
    expect(all.length).toBeGreaterThanOrEqual(300);
  });

  test('whatever is offered parses', () => {
    const broken = made.flatMap(({ prefix, text }) =>
      text !== undefined && parse(prefix + text).diagnostics.some((d) => d.severity === 'error') ? [prefix + text] : [],
    );
    expect(broken).toEqual([]);
  });

  test('four of five first suggestions name what follows, silence counted as a miss', () => {
    const hits = made.filter(({ next, text }) => text !== undefined && group(next) === group(text)).length;
    expect(hits / made.length).toBeGreaterThanOrEqual(0.8);
  });
});
