/** Hues of data; the ninth and later values share the grey of "other". */
export const SERIES_MAX = 8;
export const OTHER = 'other';

/** Which hue a value of a category has. One object for a page: AAPL is the same blue in every chart. */
export interface SeriesColors {
  /** 1 to 8, or 0 for grey. */
  slotOf(value: string): number;
}

/** Gives out hues in the order in which values first come; after the eighth value a hue repeats, chosen by the value alone. */
export function seriesColors(): SeriesColors {
  const slots = new Map<string, number>();
  return {
    slotOf(value) {
      if (value === OTHER) return 0;
      const known = slots.get(value);
      if (known !== undefined) return known;
      if (slots.size >= SERIES_MAX) return (hash(value) % SERIES_MAX) + 1;
      slots.set(value, slots.size + 1);
      return slots.size;
    },
  };
}

/** The hues of this page. */
export const pageColors: SeriesColors = seriesColors();

export const colorVariable = (slot: number): string => (slot === 0 ? 'var(--_series-other)' : `var(--_series-${slot})`);

/** Hues of the series of one chart: those of the page, moved on where two of them would be alike. */
export function colorsFor(names: readonly string[], colors: SeriesColors = pageColors): readonly string[] {
  const taken = new Set<number>();
  return names.map((name) => {
    let slot = colors.slotOf(name);
    if (slot !== 0) {
      for (let tries = 0; taken.has(slot) && tries < SERIES_MAX; tries++) slot = (slot % SERIES_MAX) + 1;
      taken.add(slot);
    }
    return colorVariable(slot);
  });
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
