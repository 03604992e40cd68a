import { databaseError, VeloError } from '@velostream/core/connect';
import { AWAY_CODES } from '../net/away.ts';
import { redacted, type SecretText } from '../net/secret-text.ts';

interface ServiceError {
  readonly name?: string;
  readonly Code?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly cause?: unknown;
}

export interface ErrorPlace {
  readonly bucket: string;
  readonly key: string;
  readonly target: string;
  readonly secrets: readonly SecretText[];
}

const LOGIN = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'CredentialsProviderError',
  'ExpiredToken',
  'InvalidToken',
  'TokenRefreshRequired',
]);
const AWAY: ReadonlySet<string> = new Set([...AWAY_CODES, 'TimeoutError', 'RequestTimeout', 'ABORT_ERR']);
const BUSY = new Set([
  'SlowDown',
  'ServiceUnavailable',
  'InternalError',
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'InternalServerError',
]);

/** A guard's refusal travels as the cause of what the client makes of it. */
function codedCause(error: unknown, depth = 0): VeloError | undefined {
  if (VeloError.is(error)) return error;
  if (typeof error !== 'object' || error === null || depth > 4) return undefined;
  const { cause, errors } = error as { readonly cause?: unknown; readonly errors?: readonly unknown[] };
  return codedCause(cause, depth + 1) ?? (Array.isArray(errors) ? codedCause(errors[0], depth + 1) : undefined);
}

/** An error of the client as a coded one, without secrets. */
export function s3Error(error: unknown, { bucket, key, target, secrets }: ErrorPlace): VeloError {
  const coded = codedCause(error);
  if (coded !== undefined) return coded;
  const { name = '', Code, code, message = '', $metadata } = (typeof error === 'object' && error !== null ? error : {}) as ServiceError;
  const kind = Code ?? (AWAY.has(code ?? '') ? (code as string) : name);
  const status = $metadata?.httpStatusCode ?? 0;
  const object = `s3://${bucket}/${key}`;
  const problem = redacted(
    message === '' || message === 'UnknownError' ? `${kind} ${status === 0 ? '' : `(HTTP ${status})`}`.trim() : message,
    secrets,
  );
  const system = 'S3';
  if (kind === 'NoSuchKey' || kind === 'NoSuchBucket' || kind === 'NotFound' || status === 404) return databaseError('VS4701', { object });
  if (kind === 'PreconditionFailed' || status === 412) return databaseError('VS4702', { object });
  if (LOGIN.has(kind)) return databaseError('VS4503', { system, target });
  if (kind === 'RequestTimeTooSkewed')
    return databaseError('VS4505', { system, problem: 'the clock of this machine differs too much from that of the server' });
  if (kind === 'AccessDenied' || status === 403) return databaseError('VS4507', { system, permission: `${object}: ${problem}` });
  if (AWAY.has(kind) || AWAY.has(code ?? '') || BUSY.has(kind) || status >= 500 || status === 429)
    return databaseError('VS4502', { system, target, problem });
  return databaseError('VS4505', { system, problem });
}

/** Whether another try can help. */
export const isPassing = (error: VeloError): boolean => error.code === 'VS4502';
