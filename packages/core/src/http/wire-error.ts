import { VeloError } from '../diagnostics/velo-error.ts';

/** Status and wire code by `VeloError.reason`; what is not listed goes by the code's first digit. */
const BY_REASON: Readonly<Record<string, readonly [status: number, code: string]>> = {
  'notebook-not-found': [404, 'NOT_FOUND'],
  'cell-not-found': [404, 'NOT_FOUND'],
  'app-not-found': [404, 'APP_NOT_FOUND'],
  'template-not-found': [404, 'TEMPLATE_NOT_FOUND'],
  'unknown-template': [404, 'TEMPLATE_NOT_FOUND'],
  'deployment-not-found': [404, 'NOT_FOUND'],
  'job-not-found': [404, 'NOT_FOUND'],
  'connection-not-found': [404, 'NOT_FOUND'],
  'execution-not-found': [404, 'NOT_FOUND'],
  'source-not-found': [404, 'NOT_FOUND'],
  'unknown-source': [400, 'VALIDATION_ERROR'],
  'not-connected': [400, 'NOT_CONNECTED'],
  'connection-failed': [502, 'CONNECTION_ERROR'],
  'studio-closed': [503, 'CONNECTION_ERROR'],
  timeout: [504, 'TIMEOUT'],
  'rate-limited': [429, 'RATE_LIMITED'],
  unauthorized: [401, 'UNAUTHORIZED'],
  forbidden: [403, 'FORBIDDEN'],
  'limit-exceeded': [429, 'RATE_LIMITED'],
  'invalid-request': [400, 'VALIDATION_ERROR'],
  unsupported: [400, 'VALIDATION_ERROR'],
  'route-not-found': [404, 'NOT_FOUND'],
  'method-not-allowed': [405, 'METHOD_NOT_ALLOWED'],
  'too-large': [413, 'TOO_LARGE'],
  'wrong-content-type': [415, 'VALIDATION_ERROR'],
  conflict: [409, 'CONFLICT'],
  'schema-mismatch': [400, 'SCHEMA_MISMATCH'],
  'test-failed': [400, 'TEST_FAILED'],
  'generation-failed': [500, 'GENERATION_ERROR'],
  'analysis-failed': [500, 'ANALYSIS_ERROR'],
  'deploy-failed': [500, 'DEPLOY_FAILED'],
  'plan-changed': [409, 'CONFLICT'],
  'approval-required': [403, 'FORBIDDEN'],
};

/** What a failed request says: `{ error: { code, message, details? } }` with its HTTP status. */
export interface WireError {
  readonly status: number;
  readonly body: {
    readonly error: { readonly code: string; readonly message: string; readonly details?: Readonly<Record<string, unknown>> };
  };
  /** Not meant for the caller: it goes to the log. */
  readonly hidden?: unknown;
}

/** Only what our own errors say on purpose goes out; anything else is an incident with a number. */
export function wireError(error: unknown, incident: () => string): WireError {
  if (!VeloError.is(error)) {
    const id = incident();
    const body = {
      error: { code: 'EXECUTION_ERROR', message: `something went wrong inside; the log has it under ${id}`, details: { incident: id } },
    };
    return { status: 500, body, hidden: error };
  }
  const [status, code] = BY_REASON[error.reason] ?? byCode(error.code);
  const details: Record<string, unknown> = { velo_code: error.code, reason: error.reason };
  if (error.hint !== undefined) details['hint'] = error.hint;
  if (error.span !== undefined) details['span'] = error.span;
  const diagnostics = error.details?.['diagnostics'];
  if (Array.isArray(diagnostics)) details['diagnostics'] = diagnostics;
  for (const key of ['limit', 'allowed', 'observed', 'retryAfterMs', 'partial'])
    if (error.details?.[key] !== undefined) details[key] = error.details[key];
  return { status, body: { error: { code, message: error.message, details } } };
}

function byCode(code: string): readonly [number, string] {
  const family = code.slice(2, 3);
  if (family === '1' || family === '2' || family === '3') return [400, 'VALIDATION_ERROR'];
  if (family === '4') return [502, 'CONNECTION_ERROR'];
  if (family === '6') return [500, 'GENERATION_ERROR'];
  return [500, 'EXECUTION_ERROR'];
}
