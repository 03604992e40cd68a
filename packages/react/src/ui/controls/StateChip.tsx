import type { ReactNode } from 'react';
import type { IconName } from '../icon-paths.ts';
import { Icon } from './Icon.tsx';

export type Tone = 'neutral' | 'accent' | 'positive' | 'warning' | 'negative';

const STATES: Readonly<Record<string, readonly [Tone, IconName]>> = {
  waiting: ['neutral', 'clock'],
  pending: ['neutral', 'clock'],
  starting: ['neutral', 'clock'],
  unknown: ['neutral', 'info'],
  stopped: ['neutral', 'stop'],
  skipped: ['neutral', 'right'],
  info: ['neutral', 'info'],
  done: ['neutral', 'check'],
  finished: ['neutral', 'check'],
  empty: ['neutral', 'info'],
  live: ['positive', 'dot'],
  running: ['positive', 'dot'],
  passed: ['positive', 'check'],
  healthy: ['positive', 'check'],
  paused: ['warning', 'pause'],
  stale: ['warning', 'clock'],
  partial: ['warning', 'alert'],
  warning: ['warning', 'alert'],
  failed: ['negative', 'cross'],
  error: ['negative', 'cross'],
  critical: ['negative', 'alert'],
  firing: ['negative', 'alert'],
};

/** A state as an icon and a word; the colour only repeats them. */
export function StateChip({ state, children }: { readonly state: string; readonly children?: ReactNode }): ReactNode {
  const [tone, icon] = STATES[state] ?? ['neutral', 'info'];
  return (
    <span className="velo-chip" data-tone={tone} data-state={state}>
      <Icon name={icon} size={12} />
      {children ?? state}
    </span>
  );
}
