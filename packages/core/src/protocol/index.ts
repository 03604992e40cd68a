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
export type { Limits } from './limits.ts';
export type { Change, Checkpoint, OperatorSnapshot, Provenance, Query, QueryMetrics, Row, Silence, SourceMetrics, Value } from './query.ts';
export type { ColumnSchema, TableSchema } from './table-schema.ts';
