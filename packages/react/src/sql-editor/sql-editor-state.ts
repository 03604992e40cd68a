import type { ArtifactActionName, Diagnostic } from '@velostream/core/protocol';
import type { SqlService, ValidationReport } from '@velostream/core/protocol/studio';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { partContext } from '../parts/part-context.ts';
import { useOptionalStudio } from '../studio/studio-context.ts';
import { sqlDrafts } from './sql-drafts.ts';

export interface SqlEditorState {
  readonly view: ArtifactView<'sql-editor'>;
  readonly sql: string;
  setSql(sql: string): void;
  /** The text differs from what the artifact holds. */
  readonly isChanged: boolean;
  /** Of the text as it stands; what the artifact brought, until the studio has looked again. */
  readonly diagnostics: readonly Diagnostic[];
  readonly isChecking: boolean;
  /** Lines of metrics and alerts that the text carries. */
  readonly metrics: readonly string[];
  readonly alerts: readonly string[];
  readonly columns: ValidationReport['columns'];
  readonly summary: string | undefined;
  /** The language service; `null` without a studio. */
  readonly service: SqlService | null;
  /** `null` while it cannot be done: not offered, already running, or nothing is written. */
  readonly run: (() => void) | null;
  readonly test: (() => void) | null;
  readonly deploy: (() => void) | null;
  readonly format: (() => void) | null;
  readonly reset: (() => void) | null;
}

export const { Context: SqlEditorContext, use: useSqlEditor } = partContext<SqlEditorState>('SqlEditor', ' artifact={...}');

const CHECK_AFTER_MS = 200;

interface Checked {
  readonly sql: string;
  readonly report: ValidationReport;
}

/** Looks at the text a moment after it changed; an answer for an older text is dropped. What the artifact brought needs no second look. */
function useChecked(sql: string, initial: string): Checked | null {
  const studio = useOptionalStudio();
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => {
    if (!studio || sql === initial) return;
    let isCurrent = true;
    const timer = setTimeout(async () => {
      try {
        const report = await (studio.session ? studio.session.validate(sql) : studio.studio.sql.validate(sql));
        if (isCurrent) setChecked({ sql, report });
      } catch {
        // The studio could not be asked; the text stays unchecked, which `isChecking` shows.
      }
    }, CHECK_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [sql, studio, initial]);
  return checked;
}

/** The state of an editor: its text, what is wrong with it, and what can be done. */
export function useSqlEditorState(view: ArtifactView<'sql-editor'>): SqlEditorState {
  const { artifact, act, pending, dismissFailure } = view;
  const { data, id } = artifact;
  const studio = useOptionalStudio();
  const [alone] = useState<object>({});
  const drafts = sqlDrafts(studio?.session ?? alone);
  // A new version of the artifact brings its own text.
  const text = (): string => drafts.textOf(id, data.sql);
  const sql = useSyncExternalStore(drafts.subscribe, text, text);
  const setSql = useCallback(
    (next: string) => {
      drafts.write(id, { of: data.sql, sql: next });
      // Why the text before it did not run says nothing about this one.
      if (next !== sql) dismissFailure?.();
    },
    [drafts, id, data.sql, sql, dismissFailure],
  );
  const checked = useChecked(sql, data.sql);
  const isCurrent = checked?.sql === sql;

  return useMemo(() => {
    const service = studio?.studio.sql ?? null;
    const report = isCurrent ? checked.report : undefined;
    const start = (name: ArtifactActionName) =>
      act && pending === null && sql.trim() !== '' && artifact.actions.some((action) => action.name === name)
        ? () => {
            if (name === 'run') drafts.ran(id, sql);
            act(name, { sql, ...(data.cellId !== undefined && { cellId: data.cellId }) });
          }
        : null;
    return {
      view,
      sql,
      setSql,
      isChanged: sql !== data.sql,
      diagnostics: report?.diagnostics ?? (sql === data.sql ? data.diagnostics : []),
      isChecking: sql !== data.sql && studio !== null && !isCurrent,
      metrics: report?.metrics.map(({ name }) => name) ?? data.metrics,
      alerts: report?.alerts.map(({ name }) => name) ?? data.alerts,
      columns: report?.columns ?? [],
      // Until the text is looked at, what was said before stands.
      summary: sql === data.sql || (checked === null && studio !== null) ? data.explanation : checked?.report.summary,
      service,
      run: start('run'),
      test: start('test'),
      deploy: start('deploy'),
      format: service && sql.trim() !== '' ? () => void service.format(sql).then(setSql, () => {}) : null,
      reset: sql === data.sql ? null : () => setSql(data.sql),
    };
  }, [view, artifact, act, pending, data, id, sql, setSql, drafts, studio, checked, isCurrent]);
}
