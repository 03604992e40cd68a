import { kafkaError, VeloError } from '@velostream/core/connect';

/** Answers of a broker by number, as far as the driver acts on them. */
export const Fault = {
  unknown: -1,
  offsetOutOfRange: 1,
  unknownTopic: 3,
  leaderNotAvailable: 5,
  notLeader: 6,
  requestTimedOut: 7,
  messageTooLarge: 10,
  coordinatorLoading: 14,
  coordinatorNotAvailable: 15,
  notCoordinator: 16,
  recordListTooLarge: 18,
  notEnoughReplicas: 19,
  notEnoughReplicasAfterAppend: 20,
  topicAuthorizationFailed: 29,
  notController: 41,
  outOfOrderSequence: 45,
  duplicateSequence: 46,
  invalidProducerEpoch: 47,
  concurrentTransactions: 51,
  kafkaStorage: 56,
  unknownProducerId: 59,
  fencedLeaderEpoch: 74,
  unknownLeaderEpoch: 75,
  unstableOffsets: 88,
  producerFenced: 90,
} as const;

/** Answers after which the same request is sent again: the broker did not act on it. */
export const COORDINATOR_BUSY: ReadonlySet<number> = new Set([
  Fault.coordinatorLoading,
  Fault.concurrentTransactions,
  Fault.unstableOffsets,
]);
export const COORDINATOR_MOVED: ReadonlySet<number> = new Set([Fault.coordinatorNotAvailable, Fault.notCoordinator]);
/** Answers of a leader after which its place is looked up again. */
export const LEADER_MOVED: ReadonlySet<number> = new Set([
  Fault.unknownTopic,
  Fault.leaderNotAvailable,
  Fault.notLeader,
  Fault.kafkaStorage,
  Fault.fencedLeaderEpoch,
  Fault.unknownLeaderEpoch,
]);
export const TRY_AGAIN: ReadonlySet<number> = new Set([
  ...LEADER_MOVED,
  Fault.requestTimedOut,
  Fault.notEnoughReplicas,
  Fault.notEnoughReplicasAfterAppend,
]);
export const FENCED: ReadonlySet<number> = new Set([Fault.invalidProducerEpoch, Fault.producerFenced]);

const property = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null && name in error ? (error as Record<string, unknown>)[name] : undefined;

/** The number that a broker answered with; undefined for errors of the connection. */
export function faultOf(error: unknown): number | undefined {
  const code = property(error, 'code');
  if (typeof code === 'number' && code !== -99) return code;
  // kafkajs does not know the newer numbers and keeps them in the text alone.
  const unknown = /Unknown error code (-?\d+)/.exec(String(property(error, 'message') ?? ''));
  return unknown ? Number(unknown[1]) : undefined;
}

/** Whether the request was answered at all: only then its outcome is known. */
export const isAnswered = (error: unknown): boolean => faultOf(error) !== undefined;

/** Refused for good by name or password. */
export const isLoginFault = (error: unknown): boolean => /SASL|Authentication/i.test(String(property(error, 'name') ?? ''));

/** No such host, or nothing that listens there: kafkajs keeps the system's code in its text. */
export const isNobodyThere = (error: unknown): boolean =>
  /\b(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)\b/.test(String(property(error, 'message') ?? ''));

/** An error of the client as a coded one, without payloads. */
export function asVeloError(error: unknown, call: string): VeloError {
  if (VeloError.is(error)) return error;
  // A refusal of the network guard comes wrapped in an error of the connection.
  for (let cause = property(error, 'cause'), depth = 0; cause !== undefined && depth < 5; cause = property(cause, 'cause'), depth++)
    if (VeloError.is(cause)) return cause;
  const message = error instanceof Error ? error.message : String(error);
  if (isAnswered(error)) return kafkaError('VS4803', { call, error: message }, { cause: error, details: { fault: faultOf(error) } });
  return kafkaError('VS4801', { problem: message.slice(0, 300) }, { cause: error });
}
