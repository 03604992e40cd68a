import { VeloError } from '../velo-error.ts';

/** Errors of applications and templates: VS58xx. */
export const tooManyQueries = (count: number, allowed: number) =>
  new VeloError({
    code: 'VS5801',
    reason: 'too-many-queries',
    message: `an application holds at most ${allowed} queries, not ${count}`,
    hint: 'Split it into several applications.',
    details: { allowed, count },
  });

export const duplicateQuery = (id: string) =>
  new VeloError({
    code: 'VS5802',
    reason: 'duplicate-query',
    message: `two queries of the application have the id "${id}"`,
    hint: 'Give each query an id of its own, or none.',
  });

export const unknownAppQuery = (app: string, id: string, known: readonly string[]) =>
  new VeloError({
    code: 'VS5803',
    reason: 'unknown-query-id',
    message: `the application "${app}" has no query "${id}"`,
    hint: `It has: ${known.join(', ') || 'none'}.`,
  });

export const unknownTemplate = (id: string, known: readonly string[]) =>
  new VeloError({
    code: 'VS5804',
    reason: 'template-not-found',
    message: `there is no template "${id}"`,
    hint: `Templates: ${known.join(', ')}.`,
  });

export const badTemplate = (id: string, problems: readonly string[]) =>
  new VeloError({
    code: 'VS5805',
    reason: 'template-invalid',
    message: `the template "${id}" is not valid: ${problems[0] ?? 'unknown problem'}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''}`,
    hint: 'See `details.problems` for all of them.',
    details: { problems },
  });

export const badParameter = (name: string, value: unknown, why: string) =>
  new VeloError({
    code: 'VS5806',
    reason: 'template-parameter',
    message: `${JSON.stringify(value)} cannot be the value of template parameter "${name}": ${why}`,
    hint: 'Give a number, a duration such as 5m, or a plain word.',
  });

export const unmappableTemplate = (id: string, missing: readonly string[]) =>
  new VeloError({
    code: 'VS5807',
    reason: 'schema-mismatch',
    message: `the template "${id}" cannot run on these sources: every query lacks a field it needs (${missing.join(', ')})`,
    hint: 'Map the missing fields by hand, or choose another source.',
    details: { missing },
  });

export const nothingToBuild = () =>
  new VeloError({
    code: 'VS5808',
    reason: 'nothing-to-build',
    message: 'there is nothing to build an application from: no source is connected, and the request names no figure or alert',
    hint: 'Connect a source, or say what it shall show, for example "orders per region, alert over 100 an hour".',
  });
