import { connectorError, waitFor } from '@velostream/core/connect';
import type { FileContext } from './file-context.ts';

/** The files that there are, waited for as long as the options say. */
export async function filesOf(context: FileContext, signal: AbortSignal, isNeeded: boolean): Promise<readonly string[]> {
  const { options, roots, host } = context;
  const until = host.now() + options['file.wait.timeout'];
  for (;;) {
    const files = await roots.expand(options.path, { recursive: options.recursive, extension: options.extension_filter });
    if (files.length > 0 || !isNeeded || signal.aborted) return files;
    if (host.now() >= until) throw connectorError('VS4202', { path: options.path });
    await waitFor(options['file.retry.interval'], signal);
  }
}
