import { type RefObject, useEffect, useRef } from 'react';

/** Enough to find the button of a menu behind its item. */
const REMEMBERED_MAX = 8;

/**
 * Gives the focus back when something closes, to what had it last and is still there. The browser does that too, but it forgets a button that was
 * disabled while its work was done, and an item of a menu that is gone by then.
 */
export function useFocusReturn(place: RefObject<HTMLElement | null>, isOpen: boolean): void {
  const before = useRef<readonly Element[]>([]);
  useEffect(() => {
    const remember = (element: Element | null): void => {
      if (!element || element === document.body || place.current?.contains(element)) return;
      before.current = [...before.current.filter((each) => each !== element), element].slice(-REMEMBERED_MAX);
    };
    if (isOpen) return;
    remember(document.activeElement);
    const listen = (event: FocusEvent): void => remember(event.target as Element | null);
    document.addEventListener('focusin', listen);
    return () => document.removeEventListener('focusin', listen);
  }, [place, isOpen]);
  useEffect(() => {
    if (!isOpen) return;
    return () => {
      // After the browser's own way, which comes with the closing; what has the focus by then keeps it.
      queueMicrotask(() => {
        const { activeElement } = document;
        if (activeElement !== null && activeElement !== document.body && activeElement.isConnected) return;
        const last = before.current.findLast((each) => each.isConnected && !each.matches(':disabled'));
        if (last instanceof HTMLElement) last.focus();
      });
    };
  }, [isOpen]);
}
