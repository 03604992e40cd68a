import type { AppQuery } from '@velostream/core/protocol/deploy';
import { type ReactNode, Suspense, useState } from 'react';
import { useArtifact } from '../../artifact/artifact-view.ts';
import { useRenderers } from '../../renderers/renderers.ts';
import { useOptionalStudio } from '../../studio/studio-context.ts';
import { Button } from '../controls/Button.tsx';

/** Each query with what it reads and writes; open it to see or change its SQL. */
export function AppQueries(): ReactNode {
  const { artifact, act } = useArtifact<'app-preview'>();
  const [areAllOpen, setAreAllOpen] = useState(false);
  const canEdit =
    !artifact.data.readOnly && artifact.data.app.queries.length > 0 && act !== null && artifact.actions.some(({ name }) => name === 'edit');
  return (
    <>
      {canEdit && (
        <div className="velo-toolbar">
          <span className="velo-spacer" />
          <Button look="quiet" icon="edit" aria-pressed={areAllOpen} onClick={() => setAreAllOpen(!areAllOpen)}>
            {areAllOpen ? 'Close all' : 'Edit queries'}
          </Button>
        </div>
      )}
      {artifact.data.app.queries.length === 0 && <p className="velo-empty">No query is in it yet</p>}
      <ol className="velo-queries">
        {artifact.data.app.queries.map((query) => (
          <li key={query.id}>
            <details className="velo-query" open={areAllOpen}>
              <summary>
                <strong>{query.name}</strong>
                <span className="velo-muted">{`${query.sources.join(', ')} → ${query.sink ?? 'no sink'}`}</span>
              </summary>
              {query.description !== undefined && <p>{query.description}</p>}
              <QuerySql query={query} />
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}

function QuerySql({ query }: { readonly query: AppQuery }): ReactNode {
  const { artifact, act, pending } = useArtifact<'app-preview'>();
  const { editor: Editor } = useRenderers();
  const service = useOptionalStudio()?.studio.sql;
  const [draft, setDraft] = useState<{ readonly of: string; readonly sql: string } | null>(null);
  const sql = draft?.of === query.sql ? draft.sql : query.sql;
  const canEdit = !artifact.data.readOnly && act !== null && artifact.actions.some(({ name }) => name === 'edit');
  const setSql = (text: string): void => setDraft({ of: query.sql, sql: text });
  const field = (
    <textarea
      className="velo-textarea"
      aria-label={`SQL of ${query.name}`}
      value={sql}
      rows={Math.min(16, sql.split('\n').length + 1)}
      spellCheck={false}
      onChange={(event) => setSql(event.currentTarget.value)}
    />
  );
  if (!canEdit) return <pre className="velo-sql">{query.sql}</pre>;
  return (
    <>
      {Editor ? (
        <Suspense fallback={field}>
          <Editor value={sql} onChange={setSql} service={service} label={`SQL of ${query.name}`} linesMax={16} />
        </Suspense>
      ) : (
        field
      )}
      <div className="velo-toolbar">
        <Button
          look="primary"
          disabled={sql === query.sql || pending !== null}
          isPending={pending === 'edit'}
          onClick={() => act?.('edit', { queryId: query.id, sql })}
        >
          Save query
        </Button>
        <Button look="quiet" disabled={sql === query.sql} onClick={() => setDraft(null)}>
          Reset
        </Button>
      </div>
    </>
  );
}
