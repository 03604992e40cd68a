import type { Suggestion } from '../../engine/messages.ts';

interface CompletionsProps {
  readonly id: string;
  readonly sql: string;
  readonly caret: number;
  readonly items: readonly Suggestion[];
  readonly active: number;
  readonly accept: (item: Suggestion) => void;
}

/** What could stand at the caret. The text area keeps the focus; it says which item is active. */
export function Completions({ id, sql, caret, items, active, accept }: CompletionsProps) {
  if (items.length === 0) return null;
  const before = sql.slice(0, items[0]?.start ?? caret);
  const line = before.split('\n').length;
  const column = before.length - (before.lastIndexOf('\n') + 1);
  return (
    <div
      className="completions"
      id={id}
      role="listbox"
      aria-label="Completions"
      style={{ top: `${line * 20 + 12}px`, left: `${column}ch` }}
    >
      {items.map((item, i) => (
        <div
          key={`${item.kind} ${item.label}`}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === active}
          // The press must not take the focus from the text area: losing it closes the list.
          onPointerDown={(event) => {
            event.preventDefault();
            accept(item);
          }}
        >
          <span className="completion-label">{item.label}</span>
          <span className="completion-detail">{item.detail}</span>
        </div>
      ))}
    </div>
  );
}
