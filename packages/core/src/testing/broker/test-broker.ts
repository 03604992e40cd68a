import type { ConnectorDefinition } from '../../connect/connector.ts';

interface NewTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly replicationFactor: number;
}

/**
 * A broker that a test runs over: rows go into fresh topics, the query reads them there and writes into another, and what stands in that one is
 * judged.
 *
 * @example
 * const settings = { 'bootstrap.servers': 'localhost:9092' };
 * const broker = { connector: kafka(), admin: kafkaAdmin(settings), uri: (topic) => `kafka://localhost:9092/${topic}` };
 * await runTestSpec(spec, { broker });
 */
export interface TestBroker {
  readonly connector: ConnectorDefinition;
  readonly admin: {
    createTopics(topics: readonly NewTopic[]): Promise<void>;
    deleteTopics(topics: readonly string[]): Promise<void>;
  };
  /** Address of a topic, as the connector takes it. */
  uri(topic: string): string;
}
