import type { SqlCompletion } from '@velostream/core/protocol/studio';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { EditorProps } from '../renderers/renderers.ts';
import { HelpLine } from './HelpLine.tsx';
import { useLanguageHelp } from './use-language-help.ts';

export interface PlainEditorProps extends EditorProps {
  /** Why it stands here in place of the full editor; kept in the document for whoever looks. */
  readonly reason?: string | undefined;
}

/** What a completion writes, without the places of a snippet. */
const textOf = ({ insertText }: SqlCompletion): string => insertText.replace(/\$\{\d+:([^}]*)\}|\$\{?\d+\}?/g, '$1');

/**
 * A text field with the language behind it: completion as a list (Ctrl+Space, arrows, Enter or Tab), signature and description of what stands at
 * the cursor, text to go on with (Tab), formatting (Shift+Alt+F), Ctrl or Cmd with Enter to run. Needs no package and works under every policy.
 */
export function PlainEditor(props: PlainEditorProps): ReactNode {
  const { value, label, onChange, onRun, diagnostics = [], service, isReadOnly = false, linesMax = 24, reason } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const latest = useRef(value);
  latest.current = value;
  const caretAfter = useRef<number | null>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const help = useLanguageHelp(props, isReadOnly ? null : caret);
  const id = useId();
  const offered = isOpen ? help.completions : [];
  const active = offered[Math.min(chosen, offered.length - 1)];

  useEffect(() => {
    if (caretAfter.current === null) return;
    field.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    setCaret(caretAfter.current);
    caretAfter.current = null;
  });

  const write = (text: string, start: number, end: number): void => {
    caretAfter.current = start + text.length;
    setOpen(false);
    onChange?.(value.slice(0, start) + text + value.slice(end));
  };
  const accept = (item: SqlCompletion): void => write(textOf(item), item.replace.start, item.replace.end);
  const format = async (): Promise<void> => {
    const text = await service?.format(value).catch(() => null);
    // What was typed in the meantime is not written over.
    if (text && !isReadOnly && latest.current === value) onChange?.(text);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event;
    const action = keyAction(event, active, help.ghost);
    if (action === undefined) return;
    event.preventDefault();
    if (action === 'run') onRun?.();
    else if (action === 'format') void format();
    else if (action === 'open') setOpen(true);
    else if (action === 'close') setOpen(false);
    else if (action === 'move') setChosen((at) => (at + (key === 'ArrowDown' ? 1 : offered.length - 1)) % Math.max(1, offered.length));
    else if (action === 'accept' && active) accept(active);
    else if (action === 'ghost' && help.ghost !== null && caret !== null) write(help.ghost, caret, caret);
  };
  const follow = (): void => setCaret(field.current?.selectionStart ?? null);

  return (
    <div className="velo-plain-editor" data-editor="plain" data-reason={reason}>
      <textarea
        ref={field}
        className="velo-textarea"
        value={value}
        readOnly={isReadOnly}
        rows={Math.min(linesMax, Math.max(4, value.split('\n').length + 1))}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        aria-label={label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={`${id}-list`}
        aria-activedescendant={active ? `${id}-${offered.indexOf(active)}` : undefined}
        aria-describedby={`${id}-help`}
        aria-invalid={diagnostics.some(({ severity }) => severity === 'error')}
        onChange={(event) => {
          onChange?.(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart);
          setChosen(0);
          setOpen(/[\w.]$/.test(event.currentTarget.value.slice(0, event.currentTarget.selectionStart)));
        }}
        onKeyDown={onKeyDown}
        onKeyUp={follow}
        onClick={follow}
        onBlur={() => setOpen(false)}
      />
      <div id={`${id}-list`} className="velo-offers" role="listbox" aria-label="Completions" hidden={offered.length === 0}>
        {offered.map((item, i) => (
          <div
            key={`${item.kind} ${item.label}`}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={item === active}
            // Before the field loses the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              accept(item);
            }}
          >
            <span>{item.label}</span> <small>{item.detail ?? item.kind}</small>
          </div>
        ))}
      </div>
      <HelpLine id={`${id}-help`} help={help} problem={problemAt(diagnostics, caret)} />
    </div>
  );
}

type Action = 'run' | 'format' | 'open' | 'close' | 'move' | 'accept' | 'ghost';

/** What a key asks for; keys that only write are left to the field. Tab leaves the field unless there is something to take. */
function keyAction(
  { key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent,
  active: SqlCompletion | undefined,
  ghost: string | null,
): Action | undefined {
  if (key === 'Enter' && (ctrlKey || metaKey)) return 'run';
  if (key.toLowerCase() === 'f' && shiftKey && altKey) return 'format';
  if (key === ' ' && ctrlKey) return 'open';
  if (shiftKey || altKey || ctrlKey || metaKey) return undefined;
  if (active) {
    if (key === 'Escape') return 'close';
    if (key === 'ArrowDown' || key === 'ArrowUp') return 'move';
    if (key === 'Enter' || key === 'Tab') return 'accept';
    return undefined;
  }
  return key === 'Tab' && ghost !== null && ghost !== '' ? 'ghost' : undefined;
}

function problemAt(diagnostics: NonNullable<EditorProps['diagnostics']>, caret: number | null): string | undefined {
  const found = diagnostics.find((d) => caret !== null && d.start <= caret && caret <= d.end) ?? diagnostics[0];
  return found && `Line ${found.line}: ${found.message}${found.hint === undefined ? '' : `. ${found.hint}`}`;
}
