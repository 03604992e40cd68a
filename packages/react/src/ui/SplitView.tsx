import { type KeyboardEvent, type ReactNode, useCallback, useRef, useState } from 'react';

export interface SplitViewProps {
  readonly start: ReactNode;
  readonly end: ReactNode;
  /** Share of the first side, 0 to 1. */
  readonly share?: number | undefined;
  readonly onShare?: ((share: number) => void) | undefined;
  readonly label?: string | undefined;
}

const STEP = 0.03;
const clamp = (share: number): number => Math.min(0.8, Math.max(0.2, share));

/** Two sides with an edge between them that is moved with the pointer or with arrow keys: a thread on one side, its artifacts on the other. */
export function SplitView({ start, end, share: given = 0.42, onShare, label = 'Width of the conversation' }: SplitViewProps): ReactNode {
  const [share, setShare] = useState(given);
  const holder = useRef<HTMLDivElement>(null);
  const put = useCallback(
    (next: number) => {
      setShare(clamp(next));
      onShare?.(clamp(next));
    },
    [onShare],
  );
  const isRtl = (): boolean => holder.current !== null && getComputedStyle(holder.current).direction === 'rtl';
  const onKeyDown = (event: KeyboardEvent): void => {
    const forward = isRtl() ? -STEP : STEP;
    const next = { ArrowRight: share + forward, ArrowLeft: share - forward, Home: 0.2, End: 0.8 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    put(next);
  };
  const onPointerMove = (clientX: number): void => {
    const box = holder.current?.getBoundingClientRect();
    if (!box) return;
    const at = (clientX - box.left) / box.width;
    put(isRtl() ? 1 - at : at);
  };
  return (
    <div ref={holder} className="velo-split" style={{ gridTemplateColumns: `minmax(0, ${share}fr) 9px minmax(0, ${1 - share}fr)` }}>
      <div className="velo-split-side">{start}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: a focusable separator is a control, which <hr> is not */}
      <div
        role="separator"
        className="velo-split-edge"
        tabIndex={0}
        aria-label={label}
        aria-orientation="vertical"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={20}
        aria-valuemax={80}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && onPointerMove(event.clientX)}
      />
      <div className="velo-split-side">{end}</div>
    </div>
  );
}
