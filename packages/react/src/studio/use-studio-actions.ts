import type { Artifact, ArtifactAction, ArtifactActionName, ArtifactKind, ArtifactOf } from '@velostream/core/protocol';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { useCallback } from 'react';
import type { ArtifactActionEvent, ArtifactActionHandler } from '../artifact/artifact-view.ts';
import { notebookStore } from './notebook-store.ts';
import { useOptionalStudio } from './studio-context.ts';

export interface StudioActionOptions {
  /** Shows what an action brought, such as the results of a run. */
  readonly onArtifact: (artifact: Artifact) => void;
  /** Takes actions that need a person first: `deploy`, `deploy-app`, `use-template`, `add-assertions`, `edit` … */
  readonly onOther?: ArtifactActionHandler | undefined;
}

/** Does on a studio what artifacts ask for: runs, tests, looks into sources, applies fixes. */
export function useStudioActions({ onArtifact, onOther }: StudioActionOptions): ArtifactActionHandler {
  const value = useOptionalStudio();
  return useCallback(
    (event) => {
      // At once and not after a wait: who hears of an export can still take it over.
      if (!value?.session || event.name === 'export') return onOther?.(event);
      const { studio, session } = value;
      return perform(event, studio, session).then(async (done) => {
        if (done === undefined) {
          await onOther?.(event);
          return;
        }
        await session.notebook.putArtifact(done);
        notebookStore(session).refresh();
        onArtifact(done);
      });
    },
    [value, onArtifact, onOther],
  );
}

/** The artifact that an action brings; `undefined` where the action is not one that a studio can do by itself. */
async function perform({ name, artifact, subject }: ArtifactActionEvent, studio: Studio, session: Session): Promise<Artifact | undefined> {
  const sql = subject.sql ?? (artifact.kind === 'sql-editor' ? artifact.data.sql : undefined);
  switch (name) {
    case 'run':
      return sql === undefined ? undefined : ranArtifact(session, sql, artifact);
    case 'test':
      return sql === undefined ? undefined : testedArtifact(session, sql, artifact);
    case 'regenerate-data':
      return testedAgain(session, artifact);
    case 'apply-fix':
      return subject.fix?.sql === undefined ? undefined : fixedArtifact(session, artifact, subject.fix.sql, subject.fix.title);
    case 'inspect':
      return subject.id === undefined || artifact.kind !== 'topic-list' ? undefined : inspected(studio, session, subject.id);
    case 'peek':
      return subject.id === undefined ? undefined : peeked(studio, session, subject.id);
    case 'test-all':
      return artifact.kind === 'app-preview' ? appTested(studio, session, artifact) : undefined;
    default:
      return undefined;
  }
}

const action = (name: ArtifactActionName, label: string, primary = false): ArtifactAction => ({ name, label, ...(primary && { primary }) });

let counter = 0;
function made<K extends ArtifactKind>(
  kind: K,
  fields: Pick<ArtifactOf<K>, 'title' | 'data' | 'state'> & Partial<ArtifactOf<K>>,
): ArtifactOf<K> {
  const now = Date.now();
  return {
    kind,
    id: `${kind}-${now.toString(36)}-${(counter++).toString(36)}`,
    version: 1,
    actions: [],
    provenance: { sources: [], by: 'you' },
    createdAt: now,
    ...fields,
  } as ArtifactOf<K>;
}

async function ranArtifact(session: Session, sql: string, from: Artifact): Promise<Artifact> {
  const report = await session.validate(sql);
  const execution = session.execute(sql, { synthetic: true });
  await execution.ready;
  return made('query-results', {
    title: from.title,
    state: 'live',
    data: {
      sql,
      executionId: execution.id,
      columns: execution.schema.columns,
      rows: [],
      rowCount: 0,
      ...(report.chart && { chart: report.chart }),
    },
    actions: [action('pause', 'Pause'), action('export', 'Export')],
    provenance: { sources: report.outline?.sources ?? [], by: 'you' },
  });
}

const REPORT_ACTIONS = [
  action('regenerate-data', 'Regenerate data'),
  action('add-assertions', 'Add more assertions'),
  action('ignore', 'Ignore'),
];

async function testedArtifact(session: Session, sql: string, from: Artifact): Promise<Artifact> {
  const report = await session.test(sql);
  return made('test-results', {
    title: `Test of ${from.title}`,
    state: report.passed ? 'done' : 'failed',
    data: { report },
    actions: REPORT_ACTIONS,
    provenance: { sources: Object.keys(report.inputs), tookMs: report.performance.executionTimeMs, by: 'you' },
  });
}

async function testedAgain(session: Session, from: Artifact): Promise<Artifact | undefined> {
  if (from.kind !== 'test-results' || !('report' in from.data)) return undefined;
  const { sql, seed } = from.data.report;
  const report = await session.test(sql, { seed: seed + 1 });
  return { ...from, version: from.version + 1, state: report.passed ? 'done' : 'failed', data: { report }, createdAt: Date.now() };
}

/** The tested query with its fix, as a new version of it and in its cell; a query by itself where nothing on the stage is the tested one. */
async function fixedArtifact(session: Session, tested: Artifact, sql: string, title: string): Promise<Artifact> {
  const { notebook } = session;
  const was = tested.kind === 'test-results' && 'report' in tested.data ? tested.data.report.sql.trim() : undefined;
  const editor = notebook.artifacts.findLast((a) => a.kind === 'sql-editor' && a.data.sql.trim() === was);
  const fixed = await editorArtifact(session, sql, editor?.title ?? title);
  if (editor?.kind !== 'sql-editor') return fixed;
  const { cellId } = editor.data;
  const isCell = cellId !== undefined && notebook.cells.some(({ id }) => id === cellId);
  if (isCell) await notebook.updateCell(cellId, { sql });
  const version = Math.max(...notebook.artifacts.filter(({ id }) => id === editor.id).map((a) => a.version)) + 1;
  return { ...fixed, id: editor.id, version, data: { ...fixed.data, ...(isCell && { cellId }) } };
}

async function editorArtifact(session: Session, sql: string, title: string): Promise<ArtifactOf<'sql-editor'>> {
  const report = await session.validate(sql);
  return made('sql-editor', {
    title,
    state: 'done',
    data: {
      sql,
      diagnostics: report.diagnostics,
      metrics: report.metrics.map(({ name }) => name),
      alerts: report.alerts.map(({ name }) => name),
      ...(report.summary !== undefined && { explanation: report.summary }),
      ...(report.chart && { chart: report.chart }),
    },
    actions: [action('run', 'Run', true), action('test', 'Test'), action('deploy', 'Deploy')],
    provenance: { sources: report.outline?.sources ?? [], by: 'you' },
  });
}

async function inspected(studio: Studio, session: Session, id: string): Promise<Artifact> {
  const schema = await studio.sources.inspect(id, { sessionId: session.id });
  return made('schema-viewer', {
    title: `Schema of ${schema.name}`,
    state: 'done',
    data: { schemas: [schema] },
    provenance: { sources: [schema.name], scanned: schema.coverage.scanned, by: 'you' },
  });
}

async function peeked(studio: Studio, session: Session, id: string): Promise<Artifact> {
  const peek = await studio.sources.peek(id, { sessionId: session.id });
  return made('data-preview', {
    title: `Records of ${peek.name}`,
    state: peek.rows.length === 0 ? 'empty' : 'done',
    data: { peeks: [peek] },
    provenance: { sources: [peek.name], scanned: peek.coverage.scanned, by: 'you' },
  });
}

async function appTested(studio: Studio, session: Session, from: ArtifactOf<'app-preview'>): Promise<Artifact> {
  const suite = await studio.apps.test(from.data.app.id, { sessionId: session.id });
  return made('test-results', {
    title: `Test of ${from.data.app.name}`,
    state: suite.passed ? 'done' : 'failed',
    data: { suite },
    actions: REPORT_ACTIONS,
    provenance: { sources: suite.dataGeneration?.sources ?? [], tookMs: suite.endedAt - suite.startedAt, by: 'you' },
  });
}
