import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './Button.tsx';
import { useFocusReturn } from './use-focus-return.ts';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly description?: ReactNode;
  readonly onClose: () => void;
  /** Buttons at the end. */
  readonly footer?: ReactNode;
  readonly size?: 'small' | 'medium' | 'large' | undefined;
  readonly children?: ReactNode;
}

/** A modal dialog: the browser's own, which holds the focus and closes with Escape. The focus goes back to what opened it. */
export function Dialog({ isOpen, title, description, onClose, footer, size = 'medium', children }: DialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useFocusReturn(dialog, isOpen);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (isOpen && !element.open) {
      element.showModal();
      // The browser begins at the first button, which closes: where there is something to fill in, or a safe answer, begin there.
      const first = '.velo-dialog-body :is([data-first], input, select, textarea):not(:disabled)';
      element.querySelector<HTMLElement>(first)?.focus();
    }
    if (!isOpen && element.open) element.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} className="velo-dialog" data-size={size} aria-labelledby={titleId} onClose={onClose}>
      {isOpen && (
        <>
          <header className="velo-dialog-header">
            <h2 id={titleId}>{title}</h2>
            <Button look="quiet" icon="cross" aria-label="Close" onClick={onClose} />
          </header>
          {description !== undefined && <p className="velo-dialog-description">{description}</p>}
          <div className="velo-dialog-body">{children}</div>
          {footer !== undefined && <footer className="velo-dialog-footer">{footer}</footer>}
        </>
      )}
    </dialog>
  );
}
