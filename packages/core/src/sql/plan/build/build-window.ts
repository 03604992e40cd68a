import type { BoundWindow } from '../../bind/bound.ts';
import type { PlanWindow } from '../plan.ts';

/** The window without its time: by the time a row reaches the window, that is the row's event time. */
export function buildWindow(window: BoundWindow): PlanWindow {
  switch (window.kind) {
    case 'tumbling':
      return { kind: 'tumbling', sizeMs: window.sizeMs };
    case 'sliding':
      return { kind: 'sliding', sizeMs: window.sizeMs, advanceMs: window.advanceMs };
    case 'session':
      return { kind: 'session', gapMs: window.gapMs };
  }
}
