import { connectorError } from '@velostream/core/connect';

/** A package that only some users need, loaded on first use. When it is missing the error names what to install. */
export async function loadDriver<T>(load: () => Promise<T>, format: string, packageName: string): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw connectorError('VS4315', { format, packageName }, { cause: error });
  }
}
