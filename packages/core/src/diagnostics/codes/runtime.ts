import { VeloError } from '../velo-error.ts';

/** Errors of running plans: VS50xx. Problems of one record first, then checkpoints. */
export const divisionByZero = (op: string) =>
  new VeloError({
    code: 'VS5003',
    reason: 'division-by-zero',
    message: `the right side of "${op}" is zero`,
    hint: "Write NULLIF(x, 0), or leave the option divisionByZero at 'null'.",
  });

export const wrongOperand = (what: string, found: string) =>
  new VeloError({
    code: 'VS5004',
    reason: 'wrong-type',
    message: `"${what}" does not take a value of type ${found}`,
    hint: 'Cast the value with CAST or TRY_CAST, or declare the type of its column.',
  });

export const noEventTime = () =>
  new VeloError({
    code: 'VS5006',
    reason: 'missing-event-time',
    message: 'the record has no event time',
    hint: 'Give the source an event-time column whose value is a time in every record, or filter such records out.',
  });

export const eventInFuture = (time: number, bound: number) =>
  new VeloError({
    code: 'VS5007',
    reason: 'event-time-in-future',
    message: `the event time ${time} lies beyond the accepted "${bound}"`,
    hint: 'Check the unit of the time column (milliseconds are expected), or raise the bound.',
    details: { time, bound },
  });

export const failedUnexpectedly = (cause: unknown) =>
  new VeloError({
    code: 'VS5008',
    reason: 'record-failed',
    message: `the record could not be processed: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'The record is skipped and counted in `rowErrors`.',
    cause,
  });

export const checkpointCorrupt = (what: string) =>
  new VeloError({
    code: 'VS5020',
    reason: 'checkpoint-corrupt',
    message: `the checkpoint is damaged: ${what}`,
    hint: 'Take an older checkpoint; this one is not used.',
  });

export const checkpointMismatch = (expected: string, found: string) =>
  new VeloError({
    code: 'VS5021',
    reason: 'checkpoint-mismatch',
    message: `the checkpoint belongs to "${found}", not to "${expected}"`,
    hint: 'Restore it with the SQL and the sources it was taken from, or start without it.',
    details: { expected, found },
  });

export const checkpointVersion = (found: number, known: number) =>
  new VeloError({
    code: 'VS5022',
    reason: 'checkpoint-version',
    message: `the checkpoint has format ${found}, this release reads format ${known}`,
    hint: 'Restore it with the release that took it, then take a new one.',
    details: { found, known },
  });
