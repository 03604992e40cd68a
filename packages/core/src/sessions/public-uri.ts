import { hideInAddress, isSecretName } from '../connect/secrets/index.ts';

/** A URI as people may see it and stores may keep it: without user, password and secret query parameters. */
export const publicUri = (uri: string): string => hideInAddress(uri, 'listed');

/** Options without their secrets, as text. */
export function publicOptions(options: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(options)) {
    if (isSecretName(name) || value === undefined || value === null) continue;
    if (typeof value === 'object' || typeof value === 'function') continue;
    shown[name] = typeof value === 'string' ? publicUri(value) : String(value);
  }
  return shown;
}
