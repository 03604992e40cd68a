import type { Diagnostic } from '@velostream/core/sql';
import { Excerpt } from './Excerpt.tsx';

interface ProblemsProps {
  readonly sql: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly onSelect: (diagnostic: Diagnostic) => void;
}

const WORDS = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** What is wrong with the text and what to do about it. A press puts the caret there. */
export function Problems({ sql, diagnostics, onSelect }: ProblemsProps) {
  return (
    <div className="problems" id="query-problems" role="status">
      {diagnostics.map((diagnostic) => (
        <button
          type="button"
          key={`${diagnostic.code}:${diagnostic.start}:${diagnostic.message}`}
          className="problem"
          data-severity={diagnostic.severity}
          onClick={() => onSelect(diagnostic)}
        >
          <span className="problem-head">
            <span className="problem-word">{WORDS[diagnostic.severity]}</span>
            <span className="problem-text">{diagnostic.message}</span>
            <span className="problem-place">
              {diagnostic.code} · {diagnostic.line}:{diagnostic.column}
            </span>
          </span>
          {diagnostic.severity === 'error' && <Excerpt sql={sql} range={diagnostic} />}
          {diagnostic.hint && <span className="problem-hint">{diagnostic.hint}</span>}
        </button>
      ))}
    </div>
  );
}
