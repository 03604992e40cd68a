export type { ChartColumn, ChartKind, ChartRecommendation, ChartSchema } from './charts/chart.ts';
export { recommendChart } from './charts/recommend-chart.ts';
