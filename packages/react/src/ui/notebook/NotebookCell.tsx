import type { Cell } from '@velostream/core/protocol/studio';
import { type ReactNode, Suspense, useState } from 'react';
import { useRenderers } from '../../renderers/renderers.ts';
import { useOptionalStudio } from '../../studio/studio-context.ts';
import { Button } from '../controls/Button.tsx';
import { Menu } from '../controls/Menu.tsx';
import { StateChip } from '../controls/StateChip.tsx';
import type { NotebookViewProps } from './NotebookView.tsx';

export type NotebookCellProps = Pick<NotebookViewProps, 'onRun' | 'onTest' | 'onChange' | 'onMove' | 'onRemove'> & {
  readonly cell: Cell;
  readonly index: number;
  readonly count: number;
};

/** One cell: SQL with its actions, or text. */
export function NotebookCell({ cell, index, count, onRun, onTest, onChange, onMove, onRemove }: NotebookCellProps): ReactNode {
  const { editor: Editor } = useRenderers();
  const service = useOptionalStudio()?.studio.sql;
  const stored = (cell.type === 'sql' ? cell.sql : cell.text) ?? '';
  const [draft, setDraft] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const value = draft?.of === stored ? draft.text : stored;
  const label = cell.name ?? cell.nlPrompt ?? `Cell ${index + 1}`;
  const save = (): void => {
    if (value !== stored) onChange?.(cell, cell.type === 'sql' ? { sql: value } : { text: value });
  };
  const setValue = (text: string): void => setDraft({ of: stored, text });
  const field = (
    <textarea
      className="velo-textarea"
      aria-label={label}
      value={value}
      rows={Math.min(20, Math.max(3, value.split('\n').length + 1))}
      readOnly={!onChange}
      data-prose={cell.type === 'sql' ? undefined : ''}
      spellCheck={cell.type !== 'sql'}
      onChange={(event) => setValue(event.currentTarget.value)}
    />
  );
  return (
    <article className="velo-cell" aria-label={label} data-type={cell.type} onBlur={save}>
      <header className="velo-toolbar">
        <span className="velo-muted">{index + 1}</span>
        <strong>{label}</strong>
        {cell.testReport && <StateChip state={cell.testReport.status} />}
        <span className="velo-spacer" />
        {cell.type === 'sql' && onRun && (
          <Button icon="play" disabled={value.trim() === ''} onClick={() => onRun(cell, value)}>
            Run
          </Button>
        )}
        {cell.type === 'sql' && onTest && (
          <Button icon="test" disabled={value.trim() === ''} onClick={() => onTest(cell, value)}>
            Test
          </Button>
        )}
        {(onMove || onRemove) && (
          <Menu
            label={`More about ${label}`}
            items={[
              { key: 'up', label: 'Move up', onSelect: onMove && index > 0 ? () => onMove(cell, index - 1) : null },
              {
                key: 'down',
                label: 'Move down',
                icon: 'down',
                onSelect: onMove && index < count - 1 ? () => onMove(cell, index + 1) : null,
              },
              {
                key: 'remove',
                label: 'Remove, with its sources and metrics',
                icon: 'trash',
                onSelect: onRemove ? () => onRemove(cell) : null,
              },
            ]}
          />
        )}
      </header>
      {cell.type === 'sql' && Editor ? (
        <Suspense fallback={field}>
          <Editor
            value={value}
            label={label}
            onChange={setValue}
            onRun={onRun && (() => onRun(cell, value))}
            service={service}
            isReadOnly={!onChange}
          />
        </Suspense>
      ) : cell.type === 'insight' || (cell.type !== 'sql' && !onChange) ? (
        <p className="velo-prose">{value}</p>
      ) : (
        field
      )}
    </article>
  );
}
