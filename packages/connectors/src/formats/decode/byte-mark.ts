import { connectorError } from '@velostream/core/connect';

/** Byte after a UTF-8 byte-order mark. UTF-16 is refused. */
export function afterMark(b: Uint8Array, file: string): number {
  if (b[0] === 0xef && b[1] === 0xbb && b[2] === 0xbf) return 3;
  if ((b[0] === 0xff && b[1] === 0xfe) || (b[0] === 0xfe && b[1] === 0xff)) throw connectorError('VS4308', { file, encoding: 'UTF-16' });
  return 0;
}
