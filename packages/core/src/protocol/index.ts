export type { Diagnostic } from '../diagnostics/diagnostic.ts';
export { VeloError } from '../diagnostics/velo-error.ts';
export type {
  Artifact,
  ArtifactAction,
  ArtifactActionName,
  ArtifactData,
  ArtifactKind,
  ArtifactOf,
  ArtifactProvenance,
  ArtifactState,
} from './artifacts/artifact.ts';
export type { ChartKind, ChartRecommendation } from './artifacts/chart.ts';
export { type ChartHints, type ChartQuestion, inferChart, inferChartKind } from './artifacts/infer-chart.ts';
export type { Limits } from './limits.ts';
export { inheritTags, MASK, MASKED_TAGS, maskedColumns, maskedSample, maskRows } from './mask-rows.ts';
export type {
  Change,
  Checkpoint,
  OperatorSnapshot,
  Provenance,
  Query,
  QueryMetrics,
  Row,
  Silence,
  SourceMetrics,
  Value,
  WorkersMetrics,
} from './query.ts';
export { type ColumnSchema, holdsInstants, type TableSchema } from './table-schema.ts';
