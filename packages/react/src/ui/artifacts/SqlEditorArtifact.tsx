import { type ReactNode, Suspense } from 'react';
import { useRenderers } from '../../renderers/renderers.ts';
import { SqlEditor } from '../../sql-editor/sql-editor.ts';
import { useSqlEditor } from '../../sql-editor/sql-editor-state.ts';
import { useCompletion } from '../../workbench/use-completion.ts';
import { CodedText } from '../controls/CodedText.tsx';
import { Icon } from '../controls/Icon.tsx';
import { Tip } from '../controls/Tip.tsx';
import { PlanPanel } from './PlanPanel.tsx';

/** SQL with what is wrong with it, what it publishes, and what can be done with it. */
export function SqlEditorArtifact(): ReactNode {
  return (
    <SqlEditor.Root className="velo-editor">
      <SqlEditor.Explanation
        className="velo-lead"
        render={({ children, ...props }) => <p {...props}>{typeof children === 'string' ? <CodedText text={children} /> : children}</p>}
      />
      <SqlEditor.Annotations className="velo-lenses" />
      <Editor />
      <SqlEditor.Problems className="velo-problems" />
      <div className="velo-toolbar">
        <Tip text="Ctrl or ⌘ with Enter">
          <SqlEditor.Run
            className="velo-button"
            data-look="primary"
            render={({ children, ...props }) => (
              <button {...props} aria-keyshortcuts="Control+Enter Meta+Enter">
                <Icon name="play" />
                {children}
              </button>
            )}
          />
        </Tip>
        <SqlEditor.Test
          className="velo-button"
          render={({ children, ...props }) => (
            <button {...props}>
              <Icon name="test" />
              {children}
            </button>
          )}
        />
        <SqlEditor.Deploy
          className="velo-button"
          render={({ children, ...props }) => (
            <button {...props}>
              <Icon name="rocket" />
              {children}
            </button>
          )}
        />
        <span className="velo-spacer" />
        <SqlEditor.Reset className="velo-button" data-look="quiet" />
        <SqlEditor.Format className="velo-button" data-look="quiet" />
      </div>
      <PlanPanel />
      <SqlEditor.Assumptions className="velo-assumptions" />
      <SqlEditor.Alternatives className="velo-alternatives" />
    </SqlEditor.Root>
  );
}

function Editor(): ReactNode {
  const { editor: Rendered } = useRenderers();
  const { sql, setSql, diagnostics, run, service, view } = useSqlEditor('SqlEditorArtifact');
  const suggest = useCompletion();
  if (!Rendered) return <SqlEditor.Input className="velo-textarea" />;
  return (
    <Suspense fallback={<SqlEditor.Input className="velo-textarea" data-before="" />}>
      <Rendered
        value={sql}
        onChange={setSql}
        onRun={run ?? undefined}
        diagnostics={diagnostics}
        service={service}
        suggest={suggest ?? undefined}
        label={`SQL of ${view.artifact.title}`}
      />
    </Suspense>
  );
}
