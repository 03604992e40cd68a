import { createContext, useContext } from 'react';

export interface Toast {
  readonly id: string;
  readonly tone: 'neutral' | 'positive' | 'warning' | 'negative';
  readonly text: string;
  readonly hint?: string | undefined;
  /** What can be done about it; done once, and the message is gone. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

export interface Toasts {
  readonly items: readonly Toast[];
  show(toast: Omit<Toast, 'id'>): void;
  dismiss(id: string): void;
  /** Keeps one while somebody is at it; it stays its time anew once it is let go. */
  hold(id: string, isHeld: boolean): void;
}

export const ToastsContext = createContext<Toasts>({ items: [], show: () => {}, dismiss: () => {}, hold: () => {} });

/** Short messages of the page: `show` adds one, failures stay until they are dismissed. */
export const useToasts = (): Toasts => useContext(ToastsContext);
