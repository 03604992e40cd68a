import { type ReactNode, Suspense, useRef, useState } from 'react';
import { usePageLayoutEffect } from '../../parts/use-page-layout-effect.ts';
import { Skeleton } from '../controls/Skeleton.tsx';

export interface PlotProps {
  /** Selects what stands above the drawing itself; its height is taken off. */
  readonly spare: string;
  /** px below which the drawing does not shrink. */
  readonly heightMin?: number;
  /** Lines of the skeleton that stands until the renderer is loaded. */
  readonly lines?: number;
  readonly children: (height: number) => ReactNode;
}

const HEIGHT_MIN = 240;
const GAP = 8;

/** A chart or a table as high as its place allows. */
export function Plot({ spare, heightMin = HEIGHT_MIN, lines = 8, children }: PlotProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(heightMin);
  const fit = (): void => {
    const taken = place.current?.querySelector<HTMLElement>(spare)?.offsetHeight ?? 0;
    if (place.current) setHeight(Math.max(heightMin, place.current.clientHeight - taken - (taken > 0 ? GAP : 0)));
  };
  // Legends and toolbars come later than the place itself, with the first rows: the content is watched as well.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads refs alone
  usePageLayoutEffect(() => {
    if (!place.current || !content.current || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(fit);
    observer.observe(place.current);
    observer.observe(content.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="velo-plot" ref={place}>
      <div ref={content}>
        <Suspense fallback={<Skeleton lines={lines} />}>{children(height)}</Suspense>
      </div>
    </div>
  );
}
