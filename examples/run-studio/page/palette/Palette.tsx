import { Dialog, Icon, type IconName } from '@velostream/react/ui';
import { type KeyboardEvent, type ReactNode, useState } from 'react';

export interface PaletteItem {
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  readonly icon: IconName;
  readonly run: () => void;
}

/** Everything by name: Ctrl or Cmd and K opens it, arrows choose, Enter does. */
export function Palette({
  isOpen,
  items,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly items: readonly PaletteItem[];
  readonly onClose: () => void;
}): ReactNode {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = items.filter((i) => words.every((w) => `${i.label} ${i.hint}`.toLowerCase().includes(w))).slice(0, 12);
  const run = (item: PaletteItem | undefined): void => {
    if (!item) return;
    onClose();
    setText('');
    setAt(0);
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((n) => (n + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[at]);
    }
  };
  return (
    <Dialog isOpen={isOpen} title="Find" onClose={onClose} size="small">
      <input
        className="velo-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[at] ? `palette-${at}` : undefined}
        aria-label="Find an action, a source or an artifact"
        placeholder="Type a few letters"
        value={text}
        onChange={(e) => {
          setText(e.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="studio-palette" role="listbox" id="palette-list" aria-label="Found">
        {found.map((item, i) => (
          <div
            key={item.key}
            id={`palette-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            onClick={() => run(item)}
            onKeyDown={() => {}}
          >
            <Icon name={item.icon} />
            <span>{item.label}</span>
            <span className="velo-muted">{item.hint}</span>
          </div>
        ))}
        {found.length === 0 && <p className="velo-muted">Nothing is called that.</p>}
      </div>
    </Dialog>
  );
}
