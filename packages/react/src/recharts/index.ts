export { type SeriesColors, seriesColors } from '../chart/series-colors.ts';
export type { ChartProps } from '../renderers/renderers.ts';
export { Chart } from './Chart.tsx';
