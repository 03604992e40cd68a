import { hideInText } from '../connect/secrets/index.ts';
import { checksum128 } from '../runtime/state/checksum.ts';

/**
 * A channel as labels, routes and receivers name it. The address of a web hook opens it for everybody who sees the label: what opens it is
 * left out, and a number tells two of one host apart.
 */
export function channelName(channel: string): string {
  const shown = hideInText(channel);
  if (shown === channel) return channel;
  const bytes = new TextEncoder().encode(channel);
  return `${shown}#${((checksum128(bytes, bytes.length)[0] ?? 0) >>> 0).toString(16).padStart(8, '0')}`;
}
