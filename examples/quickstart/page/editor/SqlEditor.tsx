import type { Diagnostic } from '@velostream/core/sql';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Suggestion } from '../../engine/messages.ts';
import { Completions } from './Completions.tsx';
import { highlight } from './highlight.ts';
import { useCompletions } from './use-completions.ts';

interface SqlEditorProps {
  readonly value: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly onChange: (sql: string) => void;
  readonly onRun: () => void;
  readonly complete: (sql: string, offset: number) => Promise<readonly Suggestion[]>;
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const RUN_KEYS = isMac ? '⌘↵' : 'Ctrl ↵';

/**
 * A text area with colours behind it: selection, undo, spelling of input methods and screen readers work as in any text area.
 * Tab leaves it, as everywhere on the page.
 */
export function SqlEditor({ value, diagnostics, onChange, onRun, complete }: SqlEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const completions = useCompletions({ area, complete, onChange });
  const lines = value.split('\n').length;
  const wrongLines = new Set(diagnostics.filter((d) => d.severity === 'error').map((d) => d.line));

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      completions.close();
      onRun();
    } else completions.onKeyDown(event);
  };

  return (
    <div className="editor">
      <div className="editor-scroll">
        <div className="gutter" aria-hidden="true">
          {Array.from({ length: lines }, (_, i) => (
            <span key={i} className="line-number" data-wrong={wrongLines.has(i + 1) ? '' : undefined}>
              {i + 1}
            </span>
          ))}
        </div>
        <div className="code">
          <pre aria-hidden="true">
            {highlight(
              value,
              diagnostics.filter((d) => d.severity !== 'info'),
            ).map(({ text, kind, isWrong }, i) => (
              <span key={i} className={kind} data-wrong={isWrong ? '' : undefined}>
                {text}
              </span>
            ))}
            {/* A last line without text is as high as any other. */}
            {'\n'}
          </pre>
          <textarea
            ref={area}
            value={value}
            aria-label="SQL query"
            aria-describedby="query-problems"
            aria-invalid={wrongLines.size > 0}
            aria-autocomplete="list"
            aria-controls={completions.items.length > 0 ? listId : undefined}
            aria-activedescendant={completions.items.length > 0 ? `${listId}-${completions.active}` : undefined}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            autoCorrect="off"
            wrap="off"
            onChange={(event) => {
              onChange(event.target.value);
              setCaret(event.target.selectionStart);
              completions.onInput(event.target.value, event.target.selectionStart);
            }}
            onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
            onKeyDown={onKeyDown}
            onBlur={completions.close}
          />
          <Completions id={listId} sql={value} caret={caret} {...completions} />
        </div>
      </div>
    </div>
  );
}
