import { connectorError, VeloError } from '@velostream/core/connect';

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';

const WORDS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['ELOOP', 'it is a link'],
  ['EISDIR', 'it is a folder'],
  ['ENXIO', 'it is a device or pipe'],
  ['EMFILE', 'too many files are open'],
  ['ENOSPC', 'the disk is full'],
  ['ENAMETOOLONG', 'its name is too long'],
]);

export const problemOf = (error: unknown): string => WORDS.get(codeOf(error) ?? '') ?? codeOf(error) ?? 'the file system refused';

/** An error of the file system as a coded one, without paths that the user did not write. */
export function fileError(path: string, error: unknown): VeloError {
  if (VeloError.is(error)) return error;
  if (isMissing(error)) return connectorError('VS4202', { path }, { cause: error });
  return connectorError('VS4204', { path, problem: problemOf(error) }, { cause: error });
}

export const writeError = (path: string, error: unknown): VeloError =>
  VeloError.is(error) ? error : connectorError('VS4403', { path, problem: problemOf(error) }, { cause: error });
