import { ComposerPrimitive, useAui } from '@assistant-ui/react';
import { Button, useToasts } from '@velostream/react/ui';
import { type ChangeEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { type Proposal, proposalsFor } from './proposals.ts';
import { readSqlFile } from './sql-file.ts';
import { useDroppedFile } from './use-dropped-file.ts';

export interface ComposerProps {
  readonly sourceNames: readonly string[];
  readonly isBusy: boolean;
}

/** Where one writes: Enter sends, Shift+Enter makes a line, `/` offers actions, `@` sources; SQL files may be dropped on the page. */
export function Composer({ sourceNames, isBusy }: ComposerProps): ReactNode {
  const aui = useAui();
  const { show: toast } = useToasts();
  const input = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  // Escape puts the proposals away until something else is written.
  const [refused, setRefused] = useState<string | null>(null);
  const proposals = refused === text ? [] : proposalsFor(text, sourceNames);
  const write = (value: string): void => {
    aui.composer().setText(value);
    setText(value);
    input.current?.focus();
  };
  const take = (p: Proposal): void => {
    write(p.apply(text));
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (proposals.length === 0) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape') {
      event.preventDefault();
      setRefused(text);
    } else if (step !== 0) {
      event.preventDefault();
      setAt((n) => (n + step + proposals.length) % proposals.length);
    } else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey && text.length < 30)) {
      event.preventDefault();
      take(proposals[at] ?? (proposals[0] as Proposal));
    }
  };
  const read = async (chosen: File | undefined): Promise<void> => {
    // The same file can be chosen again after it was mended.
    if (file.current) file.current.value = '';
    if (!chosen) return;
    const content = await readSqlFile(chosen);
    if (content.kind === 'text') write(content.text);
    else toast({ tone: 'negative', text: content.why });
  };
  useDroppedFile((dropped) => void read(dropped));
  return (
    <ComposerPrimitive.Root className="studio-composer" onSubmit={() => setText('')}>
      {proposals.length > 0 && (
        <div className="studio-proposals" role="listbox" aria-label="Proposals">
          {proposals.map((p, i) => (
            <div
              key={p.label}
              role="option"
              tabIndex={-1}
              aria-selected={i === at}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => take(p)}
              onKeyDown={() => {}}
            >
              <span>{p.label}</span>
              <span className="velo-muted">{p.hint}</span>
            </div>
          ))}
        </div>
      )}
      <ComposerPrimitive.Input
        ref={input}
        rows={1}
        maxRows={12}
        placeholder="Ask, or paste SQL. / for actions, @ for sources"
        aria-label="Message"
        onKeyDown={onKeyDown}
        onChange={(e: ChangeEvent<HTMLTextAreaElement>) => setText(e.target.value)}
      />
      <div className="studio-composer-bar">
        <input ref={file} type="file" accept=".sql,.txt" hidden onChange={(e) => void read(e.target.files?.[0])} />
        <Button look="quiet" icon="upload" aria-label="Open an SQL file" onClick={() => file.current?.click()} />
        <span className="velo-spacer" />
        {isBusy ? (
          <ComposerPrimitive.Cancel asChild>
            <Button icon="stop">Stop</Button>
          </ComposerPrimitive.Cancel>
        ) : (
          <ComposerPrimitive.Send asChild>
            <Button look="primary" type="submit">
              Send
            </Button>
          </ComposerPrimitive.Send>
        )}
      </div>
    </ComposerPrimitive.Root>
  );
}
