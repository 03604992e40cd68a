// The hues of the style sheet: seen against both surfaces, and told apart with the common colour-vision deficiencies.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./styles.css', import.meta.url), 'utf8');

type Rgb = readonly [number, number, number];
const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb;
const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const luminance = (hex: string): number => {
  const [r, g, b] = rgb(hex);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
};
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** Both values of a `light-dark()` variable. */
function pair(name: string): readonly [string, string] {
  const match = new RegExp(`--_${name}: var\\([^,]+, light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)\\)`).exec(css);
  if (!match) throw new Error(`there is no variable --_${name}`);
  return [match[1] as string, match[2] as string];
}
const series = Array.from({ length: 8 }, (_, i) => new RegExp(`--velo-series-${i + 1}, (#[0-9a-f]{6})`).exec(css)?.[1] as string);
const surfaces = ['surface', 'raised'].map(pair);

describe('palette', () => {
  test.each(['text', 'muted', 'accent', 'positive', 'warning', 'negative'])(
    '%s is read on both surfaces, light and dark (4.5 to 1)',
    (name) => {
      for (const mode of [0, 1] as const)
        for (const surface of surfaces) expect(contrast(pair(name)[mode], surface[mode])).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('text on the accent is read', () => {
    for (const mode of [0, 1] as const) expect(contrast(pair('accent')[mode], pair('accent-text')[mode])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(series)('series %s is seen against both surfaces (3 to 1)', (hex) => {
    for (const surface of surfaces) for (const side of surface) expect(contrast(hex, side)).toBeGreaterThanOrEqual(3);
  });

  // Machado, Oliveira and Fernandes 2009, severity 1.
  const DEFICIENCIES = {
    normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
    deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  } as const;

  test.each(Object.entries(DEFICIENCIES))('all series differ with %s vision', (_name, m) => {
    const seen = series.map((hex) => {
      const [r, g, b] = rgb(hex).map(linear) as unknown as Rgb;
      return oklab([0, 3, 6].map((at) => (m[at] as number) * r + (m[at + 1] as number) * g + (m[at + 2] as number) * b) as unknown as Rgb);
    });
    for (const [i, a] of seen.entries())
      for (const b of seen.slice(i + 1)) expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(0.06);
  });
});

function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
