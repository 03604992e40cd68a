import type { Cell, ThreadContext } from '@velostream/core/protocol/studio';
import type { ReactNode } from 'react';
import { pluralText } from '../../text/quantity-text.ts';
import { Button } from '../controls/Button.tsx';
import { NotebookCell } from './NotebookCell.tsx';

export interface NotebookViewProps {
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly context?: ThreadContext | undefined;
  readonly onRun?: ((cell: Cell, sql: string) => void) | undefined;
  readonly onTest?: ((cell: Cell, sql: string) => void) | undefined;
  readonly onChange?: ((cell: Cell, change: Partial<Pick<Cell, 'sql' | 'text'>>) => void) | undefined;
  readonly onMove?: ((cell: Cell, index: number) => void) | undefined;
  readonly onRemove?: ((cell: Cell) => void) | undefined;
  readonly onAdd?: ((type: Cell['type']) => void) | undefined;
  readonly onDeploy?: (() => void) | undefined;
}

/** A thread as a notebook: its cells in order, and what they add up to. */
export function NotebookView(props: NotebookViewProps): ReactNode {
  const { name, cells, context, onAdd, onDeploy } = props;
  return (
    <section className="velo-notebook" aria-label={name}>
      <header className="velo-toolbar">
        <h2>{name}</h2>
        <span className="velo-spacer" />
        {onDeploy && (
          <Button icon="rocket" disabled={!cells.some(({ type }) => type === 'sql')} onClick={onDeploy}>
            Deploy notebook
          </Button>
        )}
      </header>
      {context && <NotebookSummary context={context} />}
      {cells.length === 0 && <p className="velo-empty">No cells yet. Ask a question, or add a cell.</p>}
      <ol className="velo-stack">
        {cells.map((cell, index) => (
          <li key={cell.id}>
            <NotebookCell {...props} cell={cell} index={index} count={cells.length} />
          </li>
        ))}
      </ol>
      {onAdd && (
        <div className="velo-toolbar">
          <Button icon="plus" onClick={() => onAdd('sql')}>
            SQL
          </Button>
          <Button icon="plus" onClick={() => onAdd('markdown')}>
            Text
          </Button>
        </div>
      )}
    </section>
  );
}

/** Sources, sinks, metrics and alerts that the cells have gathered. */
export function NotebookSummary({ context }: { readonly context: ThreadContext }): ReactNode {
  const { sources, sinks, metrics, alerts } = context;
  const names = (all: Readonly<Record<string, string>>): string => Object.keys(all).join(', ') || 'none';
  return (
    <dl className="velo-facts">
      <div>
        <dt>Reads</dt>
        <dd>{names(sources)}</dd>
      </div>
      <div>
        <dt>Writes</dt>
        <dd>{names(sinks)}</dd>
      </div>
      <div>
        <dt>Publishes</dt>
        <dd>{`${pluralText(metrics.length, 'metric')}, ${pluralText(alerts.length, 'alert')}`}</dd>
      </div>
    </dl>
  );
}
