import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import type { Suggestion } from '../../engine/messages.ts';
import { replaceText } from './replace-text.ts';

const ITEMS_MAX = 8;
const WAIT_MS = 90;

interface CompletionsInput {
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly complete: (sql: string, offset: number) => Promise<readonly Suggestion[]>;
  readonly onChange: (sql: string) => void;
}

export interface CompletionState {
  readonly items: readonly Suggestion[];
  readonly active: number;
  readonly accept: (item: Suggestion) => void;
  readonly close: () => void;
  readonly onInput: (sql: string, caret: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
}

/** Offers names while a word is typed, or at Ctrl+Space. Arrows choose, Enter and Tab take, Escape closes. */
export function useCompletions({ area, complete, onChange }: CompletionsInput): CompletionState {
  const [items, setItems] = useState<readonly Suggestion[]>([]);
  const [active, setActive] = useState(0);
  const asked = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const close = (): void => {
    asked.current++;
    clearTimeout(timer.current);
    setItems([]);
  };
  const ask = (sql: string, caret: number): void => {
    // An older question, asked or about to be asked, must not take the place of this one.
    clearTimeout(timer.current);
    const question = ++asked.current;
    const typed = sql.slice(0, caret).match(/[\p{L}\p{N}_]*$/u)?.[0] ?? '';
    complete(sql, caret).then(
      (found) => {
        if (question !== asked.current) return;
        // A word that is typed out needs no list.
        const useful = found.filter(({ label }) => label !== typed).slice(0, ITEMS_MAX);
        setItems(useful);
        setActive(0);
      },
      () => {},
    );
  };
  const accept = (item: Suggestion): void => {
    if (area.current) replaceText(area.current, item.insert, item);
    if (area.current) onChange(area.current.value);
    close();
  };

  return {
    items,
    active,
    accept,
    close,
    onInput(sql, caret) {
      close();
      if (/[\p{L}_.]$/u.test(sql.slice(0, caret))) timer.current = setTimeout(() => ask(sql, caret), WAIT_MS);
    },
    onKeyDown(event) {
      const { key, ctrlKey, currentTarget } = event;
      if (key === ' ' && ctrlKey) ask(currentTarget.value, currentTarget.selectionStart);
      else if (items.length === 0) return;
      else if (key === 'ArrowDown') setActive((active + 1) % items.length);
      else if (key === 'ArrowUp') setActive((active + items.length - 1) % items.length);
      else if (key === 'Escape') close();
      else if ((key === 'Enter' || key === 'Tab') && items[active]) accept(items[active]);
      else {
        if (key.startsWith('Arrow') || key === 'Home' || key === 'End') close();
        return;
      }
      event.preventDefault();
    },
  };
}
