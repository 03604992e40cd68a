import { parse } from '@velostream/core/sql';
import { describe, expect, test } from 'vitest';
import { completeOffline } from '../../src/complete/complete-offline.ts';
import { freshPrefixes } from './fresh.ts';
import { group } from './group.ts';

describe('completion over schemas that no other set has', () => {
  const made = freshPrefixes().map((p) => ({
    ...p,
    text: completeOffline({ prefix: p.prefix, suffix: '', schemas: p.schemas })?.items[0]?.text,
  }));

  test('asks at least sixty prefixes, within clauses too', () => {
    expect(made.length).toBeGreaterThanOrEqual(60);
  });

  test('whatever is offered parses', () => {
    const broken = made.flatMap(({ prefix, text }) =>
      text !== undefined && parse(prefix + text).diagnostics.some((d) => d.severity === 'error') ? [prefix + text] : [],
    );
    expect(broken).toEqual([]);
  });

  test('nine of ten first suggestions name what follows, silence counted as a miss', () => {
    const missed = made.filter(({ next, text }) => text === undefined || group(next) !== group(text));
    expect(missed.length, missed.map((m) => `${m.prefix} … ${m.text}`).join('\n')).toBeLessThanOrEqual(made.length / 10);
  });
});
