import { Button } from '@velostream/react/ui';
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';

/** Lines of a long message that stand there at once; as in studio.css. */
const LINES_SHOWN = 10;
/** For so few lines more nothing is folded away. */
const LINES_SPARE = 2;

/** A text that is cut where it is long: how many lines more there are is said, and a press shows them. Lines are counted as they are broken here. */
export function Folded({ children }: { readonly children: ReactNode }): ReactNode {
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [lines, setLines] = useState(0);
  useLayoutEffect(() => {
    const element = body.current;
    if (!element) return;
    // The whole text has a height, folded or not; another width breaks it into other lines.
    const measure = (): void => setLines(Math.round(element.scrollHeight / Number.parseFloat(getComputedStyle(element).lineHeight)));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  const more = lines - LINES_SHOWN;
  const isLong = more > LINES_SPARE;
  return (
    <>
      <div id={id} ref={body} className="studio-folded" data-folded={isLong && !isOpen ? '' : undefined}>
        {children}
      </div>
      {isLong && (
        <Button
          look="quiet"
          className="studio-unfold"
          icon={isOpen ? undefined : 'down'}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? `Show ${LINES_SHOWN} lines only` : `${more} more lines`}
        </Button>
      )}
    </>
  );
}
