import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';

export interface SplitterProps {
  /** Remembered under this name. */
  readonly name: string;
  readonly first: ReactNode;
  readonly second: ReactNode;
}

const MIN_FIRST = 360;
const MIN_SECOND = 480;
const STEP = 24;
const DEFAULT_SHARE = 0.38;

/** Two sides with a line between them that the mouse and the arrow keys move. */
export function Splitter({ name, first, second }: SplitterProps): ReactNode {
  const key = `velo-split-${name}`;
  const [share, setShare] = useState(() => Number(localStorage.getItem(key)) || DEFAULT_SHARE);
  const box = useRef<HTMLDivElement>(null);
  const move = (px: number): void => {
    const width = box.current?.clientWidth ?? 0;
    if (width < MIN_FIRST + MIN_SECOND) return;
    const next = Math.min(width - MIN_SECOND, Math.max(MIN_FIRST, px)) / width;
    localStorage.setItem(key, String(next));
    setShare(next);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1 || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    move(event.clientX - (box.current?.getBoundingClientRect().left ?? 0));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? -STEP : event.key === 'ArrowRight' ? STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    move(share * (box.current?.clientWidth ?? 0) + step);
  };
  return (
    <div className="studio-split" ref={box} style={{ '--share': `${(share * 100).toFixed(2)}%` } as never}>
      {first}
      {/* biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved; the window splitter pattern can */}
      <div
        className="studio-splitter"
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the conversation"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={20}
        aria-valuemax={70}
        tabIndex={0}
        onPointerDown={(e) => e.currentTarget.setPointerCapture(e.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      />
      {second}
    </div>
  );
}
