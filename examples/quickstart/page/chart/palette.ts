/** Eight hues, each at least 3:1 against the light and the dark surface, in an order that keeps neighbours apart. */
export const SERIES_COLORS = ['#3a78d8', '#c8641b', '#1e9463', '#9a5fd0', '#c23f6d', '#1590a3', '#9a7a14', '#7d6a5c'] as const;
export const OTHER_COLOR = '#83888f';

const assigned = new Map<string, Map<string, string>>();

/**
 * Colours for the values of a category that one chart shows. A value keeps its colour in every chart of the page, whatever comes and goes
 * beside it; a new one gets a colour that this chart does not use yet. Beyond eight values the rest is grey.
 */
export function seriesColors(category: string, values: readonly string[]): ReadonlyMap<string, string> {
  const known = assigned.get(category) ?? new Map<string, string>();
  assigned.set(category, known);
  const colors = new Map<string, string>();
  const free = new Set<string>(SERIES_COLORS);
  for (const value of values) {
    const color = known.get(value);
    if (color === undefined || !free.delete(color)) continue;
    colors.set(value, color);
  }
  for (const value of values) {
    if (colors.has(value)) continue;
    const [color = OTHER_COLOR] = free;
    free.delete(color);
    colors.set(value, color);
    if (color !== OTHER_COLOR && !known.has(value)) known.set(value, color);
  }
  return colors;
}
