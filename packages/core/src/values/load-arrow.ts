import { missingPeer } from '../diagnostics/codes/engine.ts';

export type Arrow = typeof import('apache-arrow');

/**
 * The optional peer `apache-arrow`, with a clear word where it is missing. The `try` around the import tells bundlers, too, that it may be.
 *
 * @throws {VeloError} `missing-peer`.
 */
export async function loadArrow(): Promise<Arrow> {
  try {
    return await import('apache-arrow');
  } catch (cause) {
    throw missingPeer('apache-arrow', cause);
  }
}
