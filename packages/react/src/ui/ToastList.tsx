import type { ReactNode } from 'react';
import { useToasts } from '../toasts/toasts.ts';
import { Button } from './controls/Button.tsx';
import { Icon } from './controls/Icon.tsx';

const ICONS = { neutral: 'info', positive: 'check', warning: 'alert', negative: 'cross' } as const;

/** The messages of the page, in a corner. */
export function ToastList(): ReactNode {
  const { items, dismiss, hold } = useToasts();
  return (
    <section className="velo-toasts" aria-label="Messages" hidden={items.length === 0}>
      {items.map(({ id, tone, text, hint, action }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: it notices that somebody is at it, and does nothing else
        <div
          key={id}
          className="velo-toast"
          data-tone={tone}
          onPointerEnter={() => hold(id, true)}
          onPointerLeave={({ currentTarget }) => hold(id, currentTarget.contains(document.activeElement))}
          onFocus={() => hold(id, true)}
          onBlur={({ currentTarget, relatedTarget }) => hold(id, currentTarget.contains(relatedTarget) || currentTarget.matches(':hover'))}
        >
          <Icon name={ICONS[tone]} />
          <div>
            <p>{text}</p>
            {hint !== undefined && <p className="velo-muted">{hint}</p>}
          </div>
          {action && (
            <Button
              data-action=""
              onClick={() => {
                dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <Button look="quiet" icon="cross" aria-label="Dismiss" onClick={() => dismiss(id)} />
        </div>
      ))}
    </section>
  );
}
