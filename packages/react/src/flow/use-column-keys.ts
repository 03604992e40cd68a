import type { ReactFlowInstance } from '@xyflow/react';
import { type FocusEvent, type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { columnAfter, firstColumn } from './column-keys.ts';
import type { Placed } from './layout.ts';
import type { StepData } from './StepNode.tsx';

export interface ColumnKeys {
  readonly reached: string | null;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  onFocus(event: FocusEvent<HTMLElement>): void;
  onInit(flow: ReactFlowInstance<StepData>): void;
}

/** `<node>.<column>`; only a column's own name may hold no dot at its end, so the last one parts the two. */
const placeOf = (id: string) => ({ node: id.slice(0, id.lastIndexOf('.')), column: id.slice(id.lastIndexOf('.') + 1) });

const columnAt = (target: EventTarget): string | undefined => (target instanceof HTMLElement ? target.dataset['column'] : undefined);

/** One column takes the focus; arrows, Home and End move it, and the graph is moved where the column stood outside. */
export function useColumnKeys(places: readonly Placed[]): ColumnKeys {
  const [chosen, setChosen] = useState<string | null>(null);
  const flow = useRef<ReactFlowInstance<StepData> | null>(null);
  const isThere = chosen !== null && places.some(({ node }) => node.id === placeOf(chosen).node);
  const first = firstColumn(places);
  const reached = isThere ? chosen : first && `${first.node}.${first.column}`;

  const onInit = useCallback((ready: ReactFlowInstance<StepData>) => {
    flow.current = ready;
  }, []);
  const onFocus = useCallback((event: FocusEvent<HTMLElement>) => {
    const id = columnAt(event.target);
    if (id !== undefined) setChosen(id);
  }, []);
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const id = columnAt(event.target);
      const next = id === undefined ? null : columnAfter(places, placeOf(id), event.key);
      if (!next) return;
      event.preventDefault();
      const place = places.find(({ node }) => node.id === next.node);
      const frame = event.currentTarget;
      if (place && flow.current) bringIntoView(flow.current, frame, place);
      const wanted = `${next.node}.${next.column}`;
      for (const button of frame.querySelectorAll<HTMLElement>('[data-column]'))
        if (button.dataset['column'] === wanted) button.focus({ preventScroll: true });
    },
    [places],
  );
  return { reached, onKeyDown, onFocus, onInit };
}

/** The browser would scroll the frame and leave the graph beside its own view: the view is moved instead. */
function bringIntoView(flow: ReactFlowInstance<StepData>, frame: HTMLElement, { x, y, width, height }: Placed): void {
  const view = flow.getViewport();
  const left = view.x + x * view.zoom;
  const top = view.y + y * view.zoom;
  const isInside = left >= 0 && top >= 0 && left + width * view.zoom <= frame.clientWidth && top + height * view.zoom <= frame.clientHeight;
  if (!isInside) void flow.setCenter(x + width / 2, y + height / 2, { zoom: view.zoom });
}
