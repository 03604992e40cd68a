import { type ComponentPropsWithoutRef, forwardRef } from 'react';
import type { IconName } from '../icon-paths.ts';
import { Icon } from './Icon.tsx';

export interface ButtonProps extends ComponentPropsWithoutRef<'button'> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger' | undefined;
  readonly icon?: IconName | undefined;
  readonly isPending?: boolean | undefined;
}

/** A button of the theme. Without children it needs an `aria-label`. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { look = 'plain', icon, isPending, className, children, disabled, ...props },
  ref,
) {
  return (
    <button
      type="button"
      {...props}
      ref={ref}
      className={['velo-button', className].filter(Boolean).join(' ')}
      data-look={look}
      data-icon-only={children === undefined ? '' : undefined}
      data-pending={isPending ? '' : undefined}
      disabled={disabled || isPending}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
});
