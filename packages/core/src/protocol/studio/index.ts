export type {
  Cell,
  CellTestConfig,
  ChatMessage,
  Choices,
  Connection,
  NotebookDocument,
  NotebookSummary,
  ThreadContext,
} from './notebook.ts';
export type { Owner, Viewer } from './owner.ts';
export type { ConnectOptions, ExecuteOptions, Execution, GenerateDataRequest, GeneratedData, Notebook, Session } from './session.ts';
export type { SqlCompletion, SqlContext, SqlFunctionInfo, SqlService, SqlSignature, ValidationReport } from './sql-service.ts';
export type { LeaseRequest, StoreCollection, StoredSummary, StudioStore } from './store.ts';
export type { Apps, Deployments, Sessions, Sources, Studio, Templates } from './studio.ts';
