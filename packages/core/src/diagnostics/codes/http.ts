import { VeloError } from '../velo-error.ts';

/** Errors of the HTTP edge: VS71xx. */
export const unauthorized = () =>
  new VeloError({
    code: 'VS7101',
    reason: 'unauthorized',
    message: 'this request says not who sends it',
    hint: 'Send the credentials that the host of this studio asks for.',
  });

export const forbidden = (what: string, right: 'read' | 'compute' | 'write' | 'deploy') =>
  new VeloError({
    code: 'VS7102',
    reason: 'forbidden',
    message: `${what} needs the right "${right}", which you do not have here`,
    hint: 'Ask whoever runs this studio for it.',
  });

export const routeNotFound = (path: string) =>
  new VeloError({
    code: 'VS7103',
    reason: 'route-not-found',
    message: `there is nothing at "${path}"`,
    hint: 'GET /api/openapi.json lists what there is.',
  });

export const methodNotAllowed = (method: string, allowed: readonly string[]) =>
  new VeloError({
    code: 'VS7104',
    reason: 'method-not-allowed',
    message: `"${method}" does not work here`,
    hint: `Use ${allowed.join(' or ')}.`,
  });

export const tooLarge = (allowedBytes: number) =>
  new VeloError({
    code: 'VS7105',
    reason: 'too-large',
    message: `the request is larger than ${allowedBytes} bytes`,
    hint: 'Send less at once, or raise `maxBodyBytes` of the handler.',
    details: { allowed: allowedBytes },
  });

export const wrongContentType = () =>
  new VeloError({
    code: 'VS7106',
    reason: 'wrong-content-type',
    message: 'the body is not JSON',
    hint: 'Send `content-type: application/json`.',
  });

export const crossSite = () =>
  new VeloError({
    code: 'VS7107',
    reason: 'forbidden',
    message: 'requests from other sites are not taken',
    hint: 'Add the origin to `cors.origins` of the handler.',
  });

export const rateLimited = (retryAfterMs: number) =>
  new VeloError({
    code: 'VS7108',
    reason: 'rate-limited',
    message: 'too many requests',
    hint: `Try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
    details: { retryAfterMs },
  });

export const badRequest = (problems: readonly string[]) =>
  new VeloError({
    code: 'VS7109',
    reason: 'invalid-request',
    message: `the request is not as it must be: ${problems.slice(0, 5).join('; ')}`,
    hint: 'GET /api/openapi.json has its shape.',
  });

export const streamTaken = (mode: string) =>
  new VeloError({
    code: 'VS7110',
    reason: 'conflict',
    message: `this execution is already read as ${mode}`,
    hint: 'Read it the same way, or run the query again.',
  });

export const noTools = (what: string) =>
  new VeloError({
    code: 'VS7111',
    reason: 'unsupported',
    message: `${what} needs the assistant package, which this host has not added`,
    hint: 'Pass `tools` to createStudioHandler.',
  });
