import { Tooltip } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { useContainer } from '../container-context.ts';

interface TipProps {
  readonly text: ReactNode;
  /** Where it stands, if there is room; above by default. In a column of buttons, beside them: above it would cover the next one. */
  readonly side?: 'top' | 'right' | 'bottom' | 'left' | undefined;
  readonly children: ReactElement;
}

/** A short explanation that comes with focus or the pointer. */
export function Tip({ text, side = 'top', children }: TipProps): ReactNode {
  const container = useContainer();
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal container={container}>
        <Tooltip.Content className="velo-tip" side={side} sideOffset={6} collisionPadding={8}>
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
