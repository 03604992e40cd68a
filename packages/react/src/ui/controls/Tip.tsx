import { Tooltip } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { useContainer } from '../container-context.ts';

/** A short explanation that comes with focus or the pointer. */
export function Tip({ text, children }: { readonly text: ReactNode; readonly children: ReactElement }): ReactNode {
  const container = useContainer();
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal container={container}>
        <Tooltip.Content className="velo-tip" sideOffset={6} collisionPadding={8}>
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
