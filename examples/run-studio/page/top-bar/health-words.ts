import type { Deployment } from '@velostream/core/protocol/deploy';

/** In this order; what is not there is not said. */
const STATES = ['running', 'starting', 'paused', 'stopped'] as const;

export interface HealthWords {
  readonly text: string;
  /** The one thing to know where there is no room for more: the worst, else the first. */
  readonly short: string;
  readonly isWell: boolean;
  /** Something does its work: all is well is said of nothing that only waits. */
  readonly isRunning: boolean;
}

/** How all that is deployed is doing, on whatever target: `2 running · 1 starting · 1 alert`. */
export function healthWords(deployments: readonly Deployment[]): HealthWords {
  const firing = deployments.reduce((n, d) => n + d.activeAlerts.filter((a) => a.state === 'firing').length, 0);
  const isBroken = (d: Deployment): boolean => d.health === 'critical' || d.status === 'failed';
  const broken = deployments.filter(isBroken).length;
  // Of a deployment of which a part has stopped, the other part runs.
  const stateOf = ({ status }: Deployment): string => (status === 'partial' ? 'running' : status);
  const words = STATES.flatMap((state) => {
    const n = deployments.filter((d) => stateOf(d) === state).length;
    return n === 0 ? [] : [`${n} ${state}`];
  });
  if (firing > 0) words.push(`${firing} alert${firing === 1 ? '' : 's'}`);
  if (broken > 0) words.push(`${broken} failing`);
  const isWell = firing === 0 && broken === 0;
  const short = words.at(isWell ? 0 : -1) ?? '';
  return { text: words.join(' · '), short, isWell, isRunning: deployments.some((d) => stateOf(d) === 'running') };
}
