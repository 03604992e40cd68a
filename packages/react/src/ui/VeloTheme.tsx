import { Direction, Tooltip } from 'radix-ui';
import { type ComponentPropsWithoutRef, forwardRef, useCallback, useState } from 'react';
import { Announcer } from '../announce/Announcer.tsx';
import { ArtifactRegistry } from '../artifact/ArtifactRegistry.tsx';
import type { ArtifactActionHandler } from '../artifact/artifact-view.ts';
import { type Renderers, RenderersContext } from '../renderers/renderers.ts';
import { ToastProvider } from '../toasts/ToastProvider.tsx';
import { ArtifactCard } from './ArtifactCard.tsx';
import { ContainerContext } from './container-context.ts';
import { ToastList } from './ToastList.tsx';
import { themedRenderers } from './themed-renderers.ts';

export interface VeloThemeProps extends ComponentPropsWithoutRef<'div'> {
  /** `auto` follows the reader's system. */
  readonly theme?: 'auto' | 'light' | 'dark' | undefined;
  readonly density?: 'comfortable' | 'compact' | undefined;
  /** Heavy components, e.g. `lazyRenderers` of `@velostream/react/renderers`; without them lighter ones are drawn. */
  readonly renderers?: Renderers | undefined;
  /** Hears the actions of all artifacts below that have no handler of their own. */
  readonly onAction?: ArtifactActionHandler | undefined;
}

const NONE: Renderers = {};

/** The themed look for everything below: variables, artifacts in cards, menus, messages and announcements. Needs `styles.css`. */
export const VeloTheme = forwardRef<HTMLDivElement, VeloThemeProps>(function VeloTheme(
  { theme = 'auto', density = 'comfortable', renderers = NONE, onAction, children, ...props },
  ref,
) {
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const [inherited, setInherited] = useState<'ltr' | 'rtl'>('ltr');
  const holdRef = useCallback(
    (element: HTMLDivElement | null) => {
      setContainer(element);
      if (element) setInherited(getComputedStyle(element).direction === 'rtl' ? 'rtl' : 'ltr');
      if (typeof ref === 'function') ref(element);
      else if (ref) ref.current = element;
    },
    [ref],
  );
  return (
    <div {...props} ref={holdRef} data-velo="" data-theme={theme} data-density={density}>
      <ContainerContext.Provider value={container}>
        <RenderersContext.Provider value={renderers}>
          <Direction.Provider dir={props.dir === 'rtl' || props.dir === 'ltr' ? props.dir : inherited}>
            <Tooltip.Provider delayDuration={400}>
              <Announcer>
                <ToastProvider>
                  <ArtifactRegistry renderers={themedRenderers} frame={ArtifactCard} {...(onAction && { onAction })}>
                    {children}
                  </ArtifactRegistry>
                  <ToastList />
                </ToastProvider>
              </Announcer>
            </Tooltip.Provider>
          </Direction.Provider>
        </RenderersContext.Provider>
      </ContainerContext.Provider>
    </div>
  );
});
