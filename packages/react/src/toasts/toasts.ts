import { createContext, useContext } from 'react';

export interface Toast {
  readonly id: string;
  readonly tone: 'neutral' | 'positive' | 'warning' | 'negative';
  readonly text: string;
  readonly hint?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

export interface Toasts {
  readonly items: readonly Toast[];
  show(toast: Omit<Toast, 'id'>): void;
  dismiss(id: string): void;
}

export const ToastsContext = createContext<Toasts>({ items: [], show: () => {}, dismiss: () => {} });

/** Short messages of the page: `show` adds one, failures stay until they are dismissed. */
export const useToasts = (): Toasts => useContext(ToastsContext);
