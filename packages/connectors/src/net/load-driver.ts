import { databaseError } from '@velostream/core/connect';

/** A driver that is loaded when it is first needed; where it is not installed, the error says what to install. */
export async function loadDriver<M>(load: () => Promise<M>, name: string, use: string): Promise<M> {
  try {
    return await load();
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
      throw databaseError('VS4504', { package: name, use }, { cause: error });
    throw error;
  }
}
