import type { Artifact, ArtifactAction, ArtifactActionName, ArtifactKind, ArtifactOf, ColumnSchema } from '@velostream/core/protocol';
import type { VerifiedFix } from '@velostream/core/protocol/explore';
import { createContext, useContext } from 'react';

/** What an action speaks of; which of them depends on the action and the kind. */
export interface ActionSubject {
  readonly sql?: string;
  /** All statements of an application, where several were shown. */
  readonly cellId?: string;
  readonly queryId?: string;
  /** A source, a template, a deployment. */
  readonly id?: string;
  readonly fix?: VerifiedFix;
  /** Template topic → real topic and fields, for `use-template`. */
  readonly mappings?: Readonly<Record<string, { readonly topic: string; readonly fields: Readonly<Record<string, string>> }>>;
  /** A name in a report, such as an assertion or a query. */
  readonly name?: string;
  /** What `export` is about. */
  readonly exported?: ExportedRows;
}

/** Rows that the reader wants to have as a file. */
export interface ExportedRows {
  readonly columns: readonly ColumnSchema[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Keeps the page from saving them as CSV: the host does it its own way. To be called before the handler first waits. */
  preventDefault(): void;
}

export interface ArtifactActionEvent {
  readonly name: ArtifactActionName;
  readonly artifact: Artifact;
  readonly subject: ActionSubject;
}

/** Does what was asked; the artifact shows it as pending until the promise settles, and a rejection as failed. */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler may return nothing or a promise, as event handlers do
export type ArtifactActionHandler = (event: ArtifactActionEvent) => void | Promise<unknown>;

/** An artifact on the page, with what can be done to it. */
export interface ArtifactView<K extends ArtifactKind = ArtifactKind> {
  readonly artifact: ArtifactOf<K>;
  /** Versions of this artifact that are known, oldest first; this one included. */
  readonly versions: readonly Artifact[];
  readonly showVersion: ((version: number) => void) | null;
  /** Starts an action; `null` where nobody would hear it. */
  readonly act: ((name: ArtifactActionName, subject?: ActionSubject) => void) | null;
  readonly pending: ArtifactActionName | null;
  /** Why the last action did not work. */
  readonly failure: { readonly action: ArtifactActionName; readonly error: Error } | null;
  readonly dismissFailure: (() => void) | null;
}

export const ArtifactContext = createContext<ArtifactView | null>(null);

/** Whether a frame around has the artifact's name already. */
export const FramedContext = createContext(false);

/** The artifact around: its data, its state, its actions. */
export function useArtifact<K extends ArtifactKind = ArtifactKind>(): ArtifactView<K> {
  const view = useContext(ArtifactContext);
  if (!view) throw new Error('useArtifact has no artifact: render it inside <Artifact artifact={...}> or a Root with artifact={...}.');
  // The caller names the kind that its place in the registry promises.
  return view as unknown as ArtifactView<K>;
}

export const useOptionalArtifact = (): ArtifactView | null => useContext(ArtifactContext);

const LABELS: Readonly<Record<ArtifactActionName, string>> = {
  run: 'Run',
  test: 'Test',
  deploy: 'Deploy',
  edit: 'Edit',
  'apply-fix': 'Apply fix',
  'regenerate-data': 'Regenerate data',
  ignore: 'Ignore',
  'view-report': 'View full report',
  'add-assertions': 'Add more assertions',
  'test-all': 'Test all',
  'deploy-app': 'Deploy app',
  'view-sql': 'View SQL',
  refresh: 'Refresh',
  inspect: 'Inspect',
  peek: 'Peek',
  'use-template': 'Use template',
  pause: 'Pause',
  resume: 'Resume',
  export: 'Export',
};

export const labelOf = (name: ArtifactActionName, actions: readonly ArtifactAction[] = []): string =>
  actions.find((action) => action.name === name)?.label ?? LABELS[name];
