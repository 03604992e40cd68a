// Every pair of colours that the style sheet puts upon each other, as it is seen, light and dark: WCAG 2.2 AA.
import { describe, expect, test } from 'vitest';
import { contrast, css, type Mode, seen } from './style-colours.fixture.ts';

const v = (name: string): string => `var(--_${name})`;
const mix = (name: string, share: number, to = 'transparent'): string => `color-mix(in oklab, ${v(name)} ${share}%, ${to})`;

const SURFACES = [v('surface')];
const CARD = [v('raised')];
const WELL = [v('well')];

/** What words stand on, and which colours they have there. */
const WORDS: readonly (readonly [where: string, on: readonly string[], words: readonly string[]])[] = [
  ['a page', SURFACES, ['text', 'muted', 'accent', 'positive', 'warning', 'negative']],
  ['a card', CARD, ['text', 'muted', 'accent', 'positive', 'warning', 'negative']],
  ['a well: SQL, notes, steps, heads of a grid', WELL, ['text', 'muted', 'positive', 'negative']],
  ['what the pointer is over', [v('raised'), v('hover')], ['text', 'muted']],
  ['what the pointer is over in a page', [v('surface'), v('hover')], ['text', 'muted']],
  ['what is chosen', [v('raised'), v('accent-quiet')], ['text', 'muted', 'accent']],
  ['a message of one’s own', [v('surface'), v('accent-quiet')], ['text']],
  ['a primary button', [v('accent')], ['accent-text']],
  ['a primary button under the pointer', [mix('accent', 88, v('text'))], ['accent-text']],
  ['a button under the pointer', [mix('text', 6, v('raised'))], ['text', 'negative']],
  ['segments', [mix('text', 7, v('raised'))], ['text', 'muted']],
  ['a quiet chip', [v('raised'), mix('muted', 10)], ['muted']],
  ['a chip that all is well', [v('raised'), mix('positive', 10)], ['positive']],
  ['a chip that warns', [v('raised'), mix('warning', 10)], ['warning']],
  ['a chip of a failure', [v('raised'), mix('negative', 10)], ['negative']],
  ['a tip', [v('text')], ['raised']],
  ['an added line', [v('well'), mix('positive', 14)], ['text', 'muted']],
  ['a removed line', [v('well'), mix('negative', 14)], ['text', 'muted']],
];

/** Lines and marks that tell something: 3 to 1 against what they lie on. */
const MARKS: readonly (readonly [what: string, mark: readonly string[], on: readonly string[]])[] = [
  ['the focus on a card', [v('focus')], CARD],
  ['the focus on a page', [v('focus')], SURFACES],
  ['the edge of a field', [mix('text', 45, v('raised'))], CARD],
  ['the edge of a chosen pill', [v('accent')], CARD],
  ['the edge of a dangerous button', [v('negative')], CARD],
  ['the edge of a warning', [v('warning')], WELL],
  ['the edge of an approval', [v('warning')], CARD],
  ['rows that were kept, in the bar of a result', [v('accent')], [v('raised'), v('hover')]],
  ['rows that came late, in the bar of a result', [v('warning')], [v('raised'), v('hover')]],
  ['the edge of the slowest step', [v('warning')], CARD],
  ['an edge of a data flow', [mix('muted', 80)], CARD],
  ['other series', [v('series-other')], CARD],
];

const modes: readonly Mode[] = ['light', 'dark'];

describe.each(modes)('%s', (mode) => {
  test.each(WORDS)('on %s words are read (4.5 to 1)', (_where, on, words) => {
    const low = words.map((name) => [name, contrast(seen([v(name)], mode), seen(on, mode))] as const).filter(([, ratio]) => ratio < 4.5);
    expect(low).toEqual([]);
  });

  test.each(MARKS)('%s is seen (3 to 1)', (_what, mark, on) => {
    expect(contrast(seen([...on, ...mark], mode), seen(on, mode))).toBeGreaterThanOrEqual(3);
  });
});

test('each mix that words stand on is looked at', () => {
  const looked = new Set([...WORDS, ...MARKS].flatMap(([, a, b]) => [...a, ...b]));
  // A mix of the colour of the words themselves stands in the list once for each colour.
  const mixes = [...css.matchAll(/background: (color-mix\([^;]+\));/g)].map(([, value]) => value as string);
  const missing = mixes.filter((value) => !value.includes('currentcolor') && !looked.has(value) && !value.includes('var(--_muted) 50%'));
  expect(missing).toEqual([]);
});
