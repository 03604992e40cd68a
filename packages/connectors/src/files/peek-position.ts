import { connectorError, type Offset } from '@velostream/core/connect';

/** Where a look goes on: a position of the source, and rows behind it that were shown already. */
export interface PeekPosition {
  readonly from: Offset | undefined;
  readonly skip: number;
}

export const toToken = ({ from, skip }: PeekPosition): string => Buffer.from(JSON.stringify([from ?? null, skip])).toString('base64url');

/** A token is text that a client hands back: it may hold anything. */
export function fromToken(token: string | undefined): PeekPosition {
  if (token === undefined) return { from: undefined, skip: 0 };
  try {
    const value = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as unknown;
    const [from, skip] = value as readonly [Offset, unknown];
    if (Array.isArray(value) && value.length === 2 && Number.isSafeInteger(skip) && (skip as number) >= 0)
      return { from: from ?? undefined, skip: skip as number };
  } catch {
    // Falls through: it is not ours.
  }
  throw connectorError('VS4107', { connector: 'file' });
}
