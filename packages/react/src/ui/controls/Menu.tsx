import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useContainer } from '../container-context.ts';
import type { IconName } from '../icon-paths.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly icon?: IconName | undefined;
  /** `null` while it cannot be done. */
  readonly onSelect: (() => void) | null;
}

export interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly children?: ReactNode;
}

/** A button that opens a list of actions. */
export function Menu({ label, items, children }: MenuProps): ReactNode {
  const container = useContainer();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children ?? <Button look="quiet" icon="more" aria-label={label} />}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          className="velo-menu"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onCloseAutoFocus={(event) => {
            // A field or a dialog that the item opened has the focus by now.
            if (document.activeElement !== document.body) event.preventDefault();
          }}
        >
          {items.map(({ key, label: text, icon, onSelect }) => (
            <DropdownMenu.Item key={key} className="velo-menu-item" disabled={onSelect === null} onSelect={() => onSelect?.()}>
              {icon && <Icon name={icon} />}
              {text}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
