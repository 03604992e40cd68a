export { type CompareOptions, type Comparison, compareQueries } from './compare-queries.ts';
export {
  createDebugSession,
  type DebugOptions,
  type DebugSession,
  type DebugState,
  type DebugStatement,
  type StatementResult,
} from './debug/debug-session.ts';
export { type SnapshotOptions, type TableSnapshot, tableSnapshot } from './table-snapshot.ts';
