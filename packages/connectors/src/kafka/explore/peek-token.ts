import { connectorError } from '@velostream/core/connect';

/** Where a peek goes on: forwards from these offsets, or backwards before them. */
export interface PeekToken {
  readonly direction: 'forward' | 'backward';
  readonly at: ReadonlyMap<number, number>;
}

export function writeToken({ direction, at }: PeekToken): string {
  return `${direction === 'forward' ? 'f' : 'b'}:${[...at].map(([partition, offset]) => `${partition}-${offset}`).join(',')}`;
}

export function readToken(token: string): PeekToken {
  const match = /^([fb]):((?:\d+-\d+)(?:,\d+-\d+)*)?$/.exec(token);
  if (!match || token.length > 100_000) throw connectorError('VS4107', { connector: 'kafka' });
  const pairs = (match[2] ?? '').split(',').filter((pair) => pair !== '');
  const at = new Map(pairs.map((pair) => pair.split('-').map(Number) as [number, number]));
  return { direction: match[1] === 'f' ? 'forward' : 'backward', at };
}
