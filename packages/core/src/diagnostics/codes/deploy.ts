import { VeloError } from '../velo-error.ts';

/** Errors of deployments: VS59xx. */
export const unknownTarget = (name: string, known: readonly string[]) =>
  new VeloError({
    code: 'VS5901',
    reason: 'unknown-target',
    message: `there is no deployment target "${name}"`,
    hint: `Targets: ${known.join(', ') || 'none'}.`,
  });

export const targetGone = (name: string) =>
  new VeloError({
    code: 'VS5922',
    reason: 'target-unavailable',
    message: `the deployment belongs to the target "${name}", which this host does not have`,
    hint: 'Start the host with that target and it runs again, or delete the deployment and deploy to another one.',
  });

export const deploymentDamaged = (id: string, problem: string) =>
  new VeloError({
    code: 'VS5923',
    reason: 'deployment-damaged',
    message: `what is stored of deployment "${id}" cannot be read: ${problem}`,
    hint: 'Nothing of it was changed. Put the document of the store back from a copy and start the host again, or delete the deployment and deploy it anew.',
  });

export const unknownDeployment = (id: string) =>
  new VeloError({
    code: 'VS5902',
    reason: 'deployment-not-found',
    message: `there is no deployment "${id}"`,
    hint: 'List the deployments for their ids.',
  });

export const unknownJob = (name: string, known: readonly string[]) =>
  new VeloError({
    code: 'VS5903',
    reason: 'job-not-found',
    message: `the deployment has no job "${name}"`,
    hint: `Its jobs: ${known.join(', ')}.`,
  });

export const notApproved = (expected: string, given: string | undefined) =>
  new VeloError({
    code: 'VS5904',
    reason: 'plan-not-approved',
    message:
      given === undefined ? 'the deployment names no approved plan' : 'the approved plan is not the one that would be carried out now',
    hint: 'Make a plan, look at it, and pass its hash as `planHash`.',
    details: { expected, given },
  });

export const blocked = (blockers: readonly string[]) =>
  new VeloError({
    code: 'VS5905',
    reason: 'plan-blocked',
    message: `the application cannot be deployed: ${blockers[0] ?? 'unknown reason'}${blockers.length > 1 ? ` (and ${blockers.length - 1} more)` : ''}`,
    hint: 'Put right what the plan lists as blockers.',
    details: { blockers },
  });

export const deployFailed = (job: string, cause: unknown) =>
  new VeloError({
    code: 'VS5906',
    reason: 'deploy-failed',
    message: `job "${job}" could not be started: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'See `cause`. With `atomic` nothing of the deployment runs.',
    cause,
  });

export const cannotTarget = (target: string, what: string, why: string) =>
  new VeloError({
    code: 'VS5907',
    reason: 'unsupported-by-target',
    message: `target "${target}" cannot ${what}: ${why}`,
    hint: 'See the `capabilities` of the deployment.',
  });

export const tooManyJobs = (allowed: number, wanted: number) =>
  new VeloError({
    code: 'VS5908',
    reason: 'too-many-jobs',
    message: `${wanted} jobs would run, and ${allowed} are allowed`,
    hint: 'Delete deployments that are not needed, or raise `maxJobs` of the target.',
    details: { allowed, wanted },
  });

export const noPreviousVersion = (name: string) =>
  new VeloError({
    code: 'VS5909',
    reason: 'no-previous-version',
    message: `deployment "${name}" has no version before this one`,
    hint: 'Only a deployment that replaced another can be rolled back.',
  });

export const grafanaFailed = (status: number, what: string, detail: string) =>
  new VeloError({
    code: 'VS5910',
    reason: 'grafana-failed',
    message: `Grafana refused ${what} with status ${status}${detail === '' ? '' : `: ${detail}`}`,
    hint: status === 401 || status === 403 ? 'Check the token: it needs the role Editor.' : 'See the message, and the log of Grafana.',
    details: { status },
  });

export const grafanaUnreachable = (url: string, cause: unknown) =>
  new VeloError({
    code: 'VS5911',
    reason: 'grafana-unreachable',
    message: `Grafana at "${url}" does not answer`,
    hint: 'Check the address and whether it runs.',
    cause,
  });

export const nameTaken = (name: string) =>
  new VeloError({
    code: 'VS5912',
    reason: 'name-taken',
    message: `the name "${name}" belongs to a deployment that runs on another target`,
    hint: 'Delete that one first, or choose another name.',
  });

export const secretMissing = (uri: string) =>
  new VeloError({
    code: 'VS5916',
    reason: 'secret-missing',
    message: `the connection to "${uri}" needs its password or key again, because none was stored`,
    hint: 'Connect to it again in the notebook, then run the cell or start the deployment; or let `secrets` of the studio bring it.',
  });

export const secretValueMissing = (column: string) =>
  new VeloError({
    code: 'VS5943',
    reason: 'secret-value-missing',
    message: `the value that column "${column}" is compared with was not stored, because columns of that name hold secrets`,
    hint: `Write the value again; or let \`secrets\` of the studio bring it, as an option of that name for "column:${column}".`,
  });

export const noShadow = (id: string) =>
  new VeloError({
    code: 'VS5917',
    reason: 'no-shadow',
    message: `no version runs beside deployment "${id}"`,
    hint: 'Start one with `startShadow`.',
  });

export const readableOnce = (name: string) =>
  new VeloError({
    code: 'VS5918',
    reason: 'readable-once',
    message: `"${name}" is an iterator, which gives each row to one reader: a second version would take rows from the job`,
    hint: 'Give a function that makes the input, or a source that is opened by its address.',
  });

export const threadFailed = (problem: string) =>
  new VeloError({
    code: 'VS5919',
    reason: 'thread-failed',
    message: `the thread of the deployment failed: ${problem}`,
    hint: 'See the log of the deployment; `start` starts it again.',
  });

export const notForThreads = (cause: unknown) =>
  new VeloError({
    code: 'VS5920',
    reason: 'not-for-threads',
    message: 'an input of the application lives in the thread of the host and cannot be handed to another',
    hint: 'Give inputs by their address (`{ uri }`), which the thread opens itself, or use the target `embedded`.',
    cause,
  });

export const heldElsewhere = (id: string) =>
  new VeloError({
    code: 'VS5921',
    reason: 'conflict',
    message: `deployment "${id}" is run by another studio on the same store`,
    hint: 'Ask that studio, or end it: this one then takes over within seconds.',
  });

export const tracingFailed = () =>
  new VeloError({
    code: 'VS5941',
    reason: 'tracing',
    message: 'the address of the receiver of spans is no http address',
    hint: 'Give an OTLP/HTTP receiver, such as http://tempo:4318.',
  });

export const strategyFailed = (strategy: string, problem: string) =>
  new VeloError({
    code: 'VS5942',
    reason: 'strategy-failed',
    message: `the version is not deployed by ${strategy}: ${problem}`,
    hint: 'Mend it, or deploy it with STRATEGY REPLACE if what differs is meant to.',
  });
