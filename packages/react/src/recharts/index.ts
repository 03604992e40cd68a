export { type SeriesColors, seriesColors } from '../chart/series-colors.ts';
export type { ChartProps, ChartSpec } from '../renderers/renderers.ts';
export { Chart } from './Chart.tsx';
export { LiveChart, type LiveChartProps } from './LiveChart.tsx';
