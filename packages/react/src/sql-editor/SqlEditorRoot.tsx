import { type KeyboardEvent, type ReactNode, useCallback } from 'react';
import { type ArtifactRoot, defineRoot } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { SqlEditorContext, useSqlEditorState } from './sql-editor-state.ts';

function WithState({ view, children }: { readonly view: ArtifactView<'sql-editor'>; readonly children: ReactNode }): ReactNode {
  const state = useSqlEditorState(view);
  const { run } = state;
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.defaultPrevented || !run) return;
      event.preventDefault();
      run();
    },
    [run],
  );
  return (
    <SqlEditorContext.Provider value={state}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the run shortcut of the editor inside, it is no control itself */}
      <div data-editor="" onKeyDown={onKeyDown}>
        {children}
      </div>
    </SqlEditorContext.Provider>
  );
}

/** SQL with its problems and actions. Cmd or Ctrl with Enter runs it. */
export const SqlEditorRoot: ArtifactRoot<'sql-editor'> = defineRoot('sql-editor', 'SqlEditor', WithState);
