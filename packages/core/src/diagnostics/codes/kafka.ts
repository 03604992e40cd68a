import { code } from '../define-codes.ts';
import { type ErrorFactory, errorFactory } from '../error-factory.ts';

interface AtTopic {
  readonly topic: string;
}

/** Errors of Kafka, its schema registry and failure handling: VS48xx. */
export const KAFKA_CODES = {
  VS4801: code<{ problem: string }>({
    reason: 'kafka-unreachable',
    severity: 'error',
    message: (p) => `the Kafka cluster cannot be reached: ${p.problem}`,
    hint: () => 'Check `bootstrap.servers`, the addresses that the brokers advertise, and the security options.',
  }),
  VS4802: code<{ call: string; timeoutMs: number }>({
    reason: 'kafka-timeout',
    severity: 'error',
    message: (p) => `Kafka did not answer "${p.call}" within ${p.timeoutMs} ms; the connection was given up`,
    hint: () => 'The job goes on from its last commit when it is started again.',
  }),
  VS4803: code<{ call: string; error: string }>({
    reason: 'kafka-refused',
    severity: 'error',
    message: (p) => `Kafka refused "${p.call}": ${p.error}`,
  }),
  VS4804: code<AtTopic>({
    reason: 'topic-unknown',
    severity: 'error',
    message: (p) => `there is no topic "${p.topic}"`,
    hint: () => 'Check the name; topics are not created by reading or writing.',
  }),
  VS4805: code<{ id: string }>({
    reason: 'producer-fenced',
    severity: 'error',
    message: (p) => `another producer took over the transactional id "${p.id}"`,
    hint: () => 'One job instance runs per shard: stop this one. Nothing of its open transaction is visible.',
  }),
  VS4806: code<{ id: string; call: string }>({
    reason: 'transaction-unknown',
    severity: 'error',
    message: (p) => `it is not known whether "${p.call}" of "${p.id}" took effect; the producer was thrown away`,
    hint: () => 'Start again: the broker decides the outcome, and the committed offsets tell which checkpoint counts.',
  }),
  VS4807: code<{ topic: string; partition: number; first: number; last: number; problem: string }>({
    reason: 'record-batch-damaged',
    severity: 'error',
    message: (p) => `offsets ${p.first} to ${p.last} of "${p.topic}" partition ${p.partition} cannot be unpacked: ${p.problem}`,
  }),
  VS4808: code<{ topic: string; partition: number; offset: number; low: number; high: number }>({
    reason: 'offset-out-of-range',
    severity: 'error',
    message: (p) => `offset ${p.offset} of "${p.topic}" partition ${p.partition} is not there any more (${p.low} to ${p.high} are)`,
    hint: () => "Records were deleted before they were read. Set 'auto.offset.reset' to go on with what is there.",
  }),
  VS4809: code<{ problem: string }>({
    reason: 'record-too-large',
    severity: 'error',
    message: (p) => `a record cannot be written: ${p.problem}`,
    hint: () => 'Raise `max.message.bytes` of the topic, or send less.',
  }),
  VS4810: code<{ problem: string }>({
    reason: 'message-invalid',
    severity: 'error',
    message: (p) => `the message cannot be decoded: ${p.problem}`,
  }),
  VS4811: code<{ topic: string }>({
    reason: 'topic-empty',
    severity: 'error',
    message: (p) => `no message of topic "${p.topic}" tells its columns`,
    hint: () => 'Declare the columns, give a schema, or wait until there are messages.',
  }),
  VS4813: code<{ what: string; problem: string }>({
    reason: 'registry-failed',
    severity: 'error',
    message: (p) => `the schema registry does not give ${p.what}: ${p.problem}`,
    hint: () => 'Check `schema.registry.url`, its authentication, and whether the schema is registered.',
  }),
  VS4814: code<{ name: string; problem: string }>({
    reason: 'schema-unusable',
    severity: 'error',
    message: (p) => `schema "${p.name}" cannot be used: ${p.problem}`,
  }),
  VS4817: code<{ target: string; problem: string }>({
    reason: 'dead-letters-unwritable',
    severity: 'error',
    message: (p) => `the dead-letter queue "${p.target}" cannot be written: ${p.problem}`,
    hint: () => 'The job stops rather than lose a record. Make room, or choose another queue.',
  }),
  VS4818: code<{ position: string; error: string }>({
    reason: 'batch-failed',
    severity: 'error',
    message: (p) => `the record at ${p.position} cannot be read, and the failure strategy is FailBatch: ${p.error}`,
    hint: () => "Correct the record, or set 'failure_strategy' = 'SendToDLQ' or 'LogAndContinue'.",
  }),
  VS4819: code<{ target: string; openMs: number }>({
    reason: 'circuit-open',
    severity: 'error',
    message: (p) => `"${p.target}" failed too often; it is not asked again for ${p.openMs} ms`,
  }),
  VS4820: code<{ expression: string; problem: string }>({
    reason: 'filter-invalid',
    severity: 'error',
    message: (p) => `filter "${p.expression}" cannot be used: ${p.problem}`,
  }),
  VS4821: code<{ codec: string; problem: string }>({
    reason: 'codec-unavailable',
    severity: 'error',
    message: (p) => `compression "${p.codec}" cannot be used: ${p.problem}`,
  }),
  VS4830: code<{ topic: string; planned: number; found: number }>({
    reason: 'schema-changed',
    severity: 'warning',
    message: (p) =>
      `messages of topic "${p.topic}" came to be written with schema ${p.found}; the query was planned with schema ${p.planned}`,
    hint: () =>
      'New columns are left out, missing ones are NULL, and messages that do not fit are bad records, until the query is started again.',
  }),
} as const;

/** A coded error of Kafka, the registry or failure handling. `cause` and `details` as in `VeloError`; neither may hold a secret. */
export const kafkaError: ErrorFactory<typeof KAFKA_CODES> = errorFactory(KAFKA_CODES);
