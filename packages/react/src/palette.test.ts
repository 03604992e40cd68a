// The hues of data: seen against both surfaces, and told apart with the common colour-vision deficiencies.
import { describe, expect, test } from 'vitest';
import { contrast, css, linearOf, oklab, type Rgb, seen } from './style-colours.fixture.ts';

const series = Array.from({ length: 8 }, (_, i) => new RegExp(`--velo-series-${i + 1}, (#[0-9a-f]{6})`).exec(css)?.[1] as string);

describe('palette', () => {
  test.each(series)('series %s is seen against both surfaces (3 to 1)', (hex) => {
    for (const surface of ['var(--_surface)', 'var(--_raised)'])
      for (const mode of ['light', 'dark'] as const) expect(contrast(seen([hex], mode), seen([surface], mode))).toBeGreaterThanOrEqual(3);
  });

  // Three greens in one chart are told apart by none of its readers.
  const HUES_APART = 0.088;

  // Machado, Oliveira and Fernandes 2009, severity 1.
  const DEFICIENCIES = {
    normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
    deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  } as const;

  test.each(Object.entries(DEFICIENCIES))('all series differ with %s vision', (name, m) => {
    const perceived = series.map((hex) => {
      const [r, g, b] = linearOf(hex);
      return oklab([0, 3, 6].map((at) => (m[at] as number) * r + (m[at + 1] as number) * g + (m[at + 2] as number) * b) as unknown as Rgb);
    });
    for (const [i, a] of perceived.entries())
      for (const b of perceived.slice(i + 1))
        expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(name === 'normal' ? HUES_APART : 0.06);
  });
});
