import { databaseError, VeloError } from '@velostream/core/connect';
import { AWAY_CODES } from '../net/away.ts';
import { redacted, type SecretText } from '../net/secret-text.ts';

interface DriverError {
  /** SQLSTATE of five characters, or a code of the operating system. */
  readonly code?: string;
  readonly message?: string;
}

const AWAY: ReadonlySet<string> = new Set([...AWAY_CODES, '57P01', '57P02', '57P03']);
const LOST = /connection terminated|connection ended|timeout expired|client was closed|not queryable|server closed|read ECONN|socket/i;

/** An error of the driver as a coded one: what the server said, without secrets, and without the text of the statement. */
export function postgresError(error: unknown, target: string, secrets: readonly (SecretText | undefined)[]): VeloError {
  if (VeloError.is(error)) return error;
  const { code = '', message = '' } = (typeof error === 'object' && error !== null ? error : {}) as DriverError;
  const problem = redacted(message === '' ? String(error) : message, secrets);
  const system = 'PostgreSQL';
  if (code === '28P01' || code === '28000') return databaseError('VS4503', { system, target });
  if (code === '3D000') return databaseError('VS4505', { system, problem });
  if (code === '42501') return databaseError('VS4507', { system, permission: problem });
  if (code === '57014') return databaseError('VS4506', { system, target, timeoutMs: 0 });
  if (AWAY.has(code) || code.startsWith('08') || (code.length !== 5 && LOST.test(problem)))
    return databaseError('VS4502', { system, target, problem });
  return databaseError(
    'VS4505',
    { system, problem: code.length === 5 ? `${problem} (${code})` : problem },
    { details: { sqlState: code } },
  );
}

/** SQLSTATE behind a coded error. */
export const sqlState = (error: unknown): string =>
  VeloError.is(error) && typeof error.details?.['sqlState'] === 'string' ? error.details['sqlState'] : '';
