import type { Failure } from '../../engine/messages.ts';
import { Excerpt } from '../editor/Excerpt.tsx';

interface FailureCardProps {
  readonly sql: string;
  readonly failure: Failure;
  readonly onSelect: (place: { readonly start: number; readonly end: number }) => void;
}

/** Why nothing runs: each error with its place in the text and what to do. */
export function FailureCard({ sql, failure, onSelect }: FailureCardProps) {
  const errors = failure.diagnostics.filter((d) => d.severity === 'error');
  return (
    <div className="failure" role="alert">
      {errors.length === 0 && (
        <div className="failure-item">
          <p className="failure-text">{failure.message}</p>
          {failure.hint && <p className="problem-hint">{failure.hint}</p>}
          {failure.code && <p className="problem-place">{failure.code}</p>}
        </div>
      )}
      {errors.map((error) => (
        <div className="failure-item" key={`${error.code}:${error.start}`}>
          <p className="failure-text">{error.message}</p>
          <Excerpt sql={sql} range={error} />
          {error.hint && <p className="problem-hint">{error.hint}</p>}
          <p className="problem-place">
            {error.code} · line {error.line}, column {error.column}
            <button type="button" className="link" onClick={() => onSelect(error)}>
              Show in the query
            </button>
          </p>
        </div>
      ))}
    </div>
  );
}
