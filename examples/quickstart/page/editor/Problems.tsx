import type { Diagnostic } from '@velostream/core/sql';

interface ProblemsProps {
  readonly diagnostics: readonly Diagnostic[];
  readonly onSelect: (diagnostic: Diagnostic) => void;
}

const WORDS = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** What is wrong with the text and what to do about it; the text itself shows where. A press selects the place. */
export function Problems({ diagnostics, onSelect }: ProblemsProps) {
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
          {diagnostic.hint && <span className="problem-hint">{diagnostic.hint}</span>}
        </button>
      ))}
    </div>
  );
}
