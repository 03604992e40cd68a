export { alertsOf } from './alerts-of.ts';
export { type AnalyzeOptions, analyzeApp } from './analyze-app.ts';
export { metricsOf } from './metrics-of.ts';
export { relationLabel } from './relation-label.ts';
export { topologyOf } from './topology.ts';
export { inputOf, updateApp } from './update-app.ts';
