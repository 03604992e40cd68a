import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import type { IconName } from '../icon-paths.ts';
import { Icon } from './Icon.tsx';

export interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: IconName }[];
  readonly onChange: (value: Value) => void;
}

/** A choice of one among few, side by side; arrow keys move. */
export function Segments<Value extends string>({ label, value, options, onChange }: SegmentsProps<Value>): ReactNode {
  // An empty value means that the chosen one was pressed again: one stays chosen.
  const choose = (next: string): void => {
    const chosen = options.find((option) => option.value === next);
    if (chosen) onChange(chosen.value);
  };
  return (
    <ToggleGroup.Root type="single" className="velo-segments" aria-label={label} value={value} onValueChange={choose}>
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} className="velo-segment" value={option.value}>
          {option.icon && <Icon name={option.icon} />}
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
