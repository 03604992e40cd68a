import { connectorError, VeloError } from '@velostream/core/connect';

/** What reading a file threw, as a coded error: whatever a decoder trips over, the file is not whole. */
export function damaged(error: unknown, file: string, format: string): VeloError {
  if (VeloError.is(error)) return error;
  const problem = error instanceof Error && error.message !== '' ? error.message : 'its bytes make no sense';
  return connectorError('VS4311', { file, format, problem: problem.slice(0, 200) }, { cause: error });
}
