import { describe, expect, test } from 'vitest';
import { createCodecs } from '../../records/compression.ts';
import type { KafkaProducer } from '../kafka-driver.ts';
import type { KafkaBroker } from './internals.ts';
import { Fault } from './kafka-fault.ts';
import { KafkajsProducer } from './kafkajs-producer.ts';
import type { Wire } from './wire.ts';

const signal = new AbortController().signal;
const SETTINGS = {
  acks: 'all',
  idempotent: true,
  transactionalId: 'tx',
  transactionTimeoutMs: 10_000,
  compression: 'none',
  requestTimeoutMs: 1_000,
  deliveryTimeoutMs: 2_000,
} as const;

type Call = 'initProducerId' | 'addPartitionsToTxn' | 'addOffsetsToTxn' | 'txnOffsetCommit' | 'endTxn';
const answer = (fault: number): Error => Object.assign(new Error(`answer ${fault}`), { code: fault });
const closed = (): Error => Object.assign(new Error('Closed connection'), { name: 'KafkaJSConnectionClosedError' });

/** A coordinator that fails the given calls once each, and counts what it is asked. */
function setUp(failures: Partial<Record<Call, Error>>) {
  const calls: Call[] = [];
  const left = { ...failures };
  const ask = (call: Call, result?: unknown) => async (): Promise<unknown> => {
    calls.push(call);
    const failure = left[call];
    delete left[call];
    if (failure) throw failure;
    return result;
  };
  const broker = {
    initProducerId: ask('initProducerId', { producerId: '7', producerEpoch: 1 }),
    addPartitionsToTxn: ask('addPartitionsToTxn'),
    addOffsetsToTxn: ask('addOffsetsToTxn'),
    txnOffsetCommit: ask('txnOffsetCommit'),
    endTxn: ask('endTxn'),
    connectionPool: { send: async () => [{ topic: 't', partition: 0, fault: 0 }] },
  } as unknown as KafkaBroker;
  const wire = {
    internals: {},
    settings: { requestTimeoutMs: 1_000 },
    call: (_: string, work: (cluster: unknown) => Promise<unknown>) => work({}),
    coordinator: async () => broker,
    forgetCoordinator: () => {},
    know: async () => [],
    node: async () => broker,
    leaderOf: () => 1,
    forgetTopic: () => {},
    giveUp: () => {},
  } as unknown as Wire;
  return { calls, producer: new KafkajsProducer(wire, createCodecs(), SETTINGS) };
}

async function wholeTransaction(producer: KafkaProducer): Promise<void> {
  await producer.init(signal);
  producer.begin();
  await producer.send([{ topic: 't', partition: 0, records: [{ key: null, value: 'v', timestamp: 1 }] }], signal);
  await producer.sendOffsets('g', [{ topic: 'in', partition: 0, offset: 1, metadata: '' }]);
  await producer.commit();
}

const CALLS = ['initProducerId', 'addPartitionsToTxn', 'addOffsetsToTxn', 'txnOffsetCommit', 'endTxn'] as const;
const PASSING = [Fault.coordinatorLoading, Fault.coordinatorNotAvailable, Fault.notCoordinator, Fault.concurrentTransactions];

describe('a transactional producer', () => {
  test.each(CALLS.flatMap((call) => PASSING.map((fault) => [call, fault] as const)))(
    'asks %s again after answer %i',
    async (call, fault) => {
      const { calls, producer } = setUp({ [call]: answer(fault) });
      await wholeTransaction(producer);
      expect(calls.filter((c) => c === call)).toHaveLength(2);
      expect(producer.isBroken).toBe(false);
      producer.begin();
      await producer.abort();
    },
  );

  test.each(CALLS.slice(1))('is broken when %s is not answered', async (call) => {
    const { producer } = setUp({ [call]: closed() });
    await expect(wholeTransaction(producer)).rejects.toMatchObject({ code: 'VS4806' });
    expect(producer.isBroken).toBe(true);
    expect(() => producer.begin()).toThrow('broken');
  });

  test.each(CALLS.flatMap((call) => [Fault.producerFenced, Fault.invalidProducerEpoch].map((fault) => [call, fault] as const)))(
    'is fenced when %s answers %i',
    async (call, fault) => {
      const { producer } = setUp({ [call]: answer(fault) });
      await expect(wholeTransaction(producer)).rejects.toMatchObject({ code: 'VS4805' });
    },
  );

  test('takes its id over again when that was not answered', async () => {
    const { calls, producer } = setUp({ initProducerId: closed() });
    await producer.init(signal);
    expect(calls).toEqual(['initProducerId', 'initProducerId']);
  });

  test('does not ask to end a transaction that the broker never saw', async () => {
    const { calls, producer } = setUp({});
    await producer.init(signal);
    producer.begin();
    await producer.commit();
    expect(calls).toEqual(['initProducerId']);
  });
});
