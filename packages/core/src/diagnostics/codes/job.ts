import { VeloError } from '../velo-error.ts';

/** Errors of runs with checkpoints on disk: VS5341 to VS5343. */
export const checkpointLost = (wanted: string, problem: string): VeloError =>
  new VeloError({
    code: 'VS5341',
    reason: 'checkpoint-lost',
    message: `the last commit belongs to checkpoint "${wanted}", and ${problem}`,
    hint: 'Bring the checkpoint back, or start under another directory and transactional id; going on without it would lose or repeat records.',
  });

export const checkpointUnwritable = (name: string, cause: unknown): VeloError =>
  new VeloError({
    code: 'VS5342',
    reason: 'checkpoint-failed',
    message: `checkpoint "${name}" cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'Nothing was committed with it; the checkpoint before it is in force.',
    cause,
  });

export const sinksDisagree = (count: number): VeloError =>
  new VeloError({
    code: 'VS5343',
    reason: 'several-deciding-sinks',
    message: `${count} sinks of this run commit on their own, and they cannot do so at one moment`,
    hint: 'Give one of them a transactional id and leave the others at least once, or run a job per sink.',
  });
