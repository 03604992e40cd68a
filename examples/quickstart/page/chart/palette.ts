/** Eight hues, each at least 3:1 against the light and the dark surface, in an order that keeps neighbours apart. */
export const SERIES_COLORS = ['#3a78d8', '#c8641b', '#1e9463', '#9a5fd0', '#c23f6d', '#1590a3', '#9a7a14', '#7d6a5c'] as const;
export const OTHER_COLOR = '#83888f';

const assigned = new Map<string, Map<string, number>>();

/** The colour of one value of a category: the same in every chart of the page, whatever comes and goes beside it. */
export function seriesColor(category: string, value: string): string {
  let values = assigned.get(category);
  if (!values) {
    values = new Map();
    assigned.set(category, values);
  }
  let index = values.get(value);
  if (index === undefined) {
    index = values.size;
    values.set(value, index);
  }
  return SERIES_COLORS[index % SERIES_COLORS.length] ?? OTHER_COLOR;
}
