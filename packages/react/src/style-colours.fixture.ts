// Colours of the style sheet as a browser computes them: variables, `light-dark()`, and mixes in Oklab.
import { readFileSync } from 'node:fs';

export const css = readFileSync(new URL('./styles.css', import.meta.url), 'utf8');

export type Mode = 'light' | 'dark';
export type Rgb = readonly [number, number, number];
type Rgba = readonly [number, number, number, number];

const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb;
export const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const gamma = (c: number): number => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
export const linearOf = (hex: string): Rgb => rgb(hex).map(linear) as unknown as Rgb;

const luminance = (colour: Rgb): number => {
  const [r, g, b] = colour.map(linear) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
/** WCAG 2: 1 to 21. */
export const contrast = (a: Rgb, b: Rgb): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** Linear sRGB to Oklab. */
export function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((c) => gamma(Math.min(1, Math.max(0, c)))) as unknown as Rgb;
}

const declared = (name: string): string => {
  const value = new RegExp(`${name}: ([^;]+);`).exec(css)?.[1];
  if (value === undefined) throw new Error(`there is no variable ${name}`);
  return value;
};

/** A value as the style sheet writes it, such as `var(--_well)` or `color-mix(in oklab, var(--_text) 4%, transparent)`. */
function colourOf(value: string, mode: Mode): Rgba {
  if (value.startsWith('#')) return [...rgb(value), 1];
  if (value === 'transparent') return [0, 0, 0, 0];
  const own = /^var\((--_[\w-]+)\)$/.exec(value);
  if (own) return colourOf(declared(own[1] as string), mode);
  const given = /^var\(--velo-[\w-]+, (.+)\)$/.exec(value);
  if (given) return colourOf(given[1] as string, mode);
  const pair = /^light-dark\((#\w{6}), (#\w{6})\)$/.exec(value);
  if (pair) return colourOf(pair[mode === 'light' ? 1 : 2] as string, mode);
  const mix = /^color-mix\(in oklab, (var\([^)]+\)) (\d+)%, (transparent|var\([^)]+\))\)$/.exec(value);
  if (!mix) throw new Error(`cannot read ${value}`);
  const share = Number(mix[2]) / 100;
  const [r, g, b] = colourOf(mix[1] as string, mode);
  if (mix[3] === 'transparent') return [r, g, b, share];
  const [from, to] = [[r, g, b] as const, colourOf(mix[3] as string, mode).slice(0, 3) as unknown as Rgb].map((each) =>
    oklab(each.map(linear) as unknown as Rgb),
  ) as [Rgb, Rgb];
  return [...fromOklab(from.map((part, i) => share * part + (1 - share) * (to[i] as number)) as unknown as Rgb), 1];
}

/** What is seen where colours lie upon each other, the lowest first. */
export const seen = (layers: readonly string[], mode: Mode): Rgb =>
  layers
    .map((layer) => colourOf(layer, mode))
    .reduce<Rgb>(([r, g, b], [or, og, ob, alpha]) => [r + (or - r) * alpha, g + (og - g) * alpha, b + (ob - b) * alpha], [1, 1, 1]);
