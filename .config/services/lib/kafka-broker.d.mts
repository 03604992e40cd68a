/** Types of kafka-broker.mjs for tests that need a broker of their own. */
export interface PreparedBroker {
  readonly classpath: string;
  readonly dir: string;
  readonly heap: string;
  readonly config: string;
  readonly port: number;
  readonly env: Readonly<Record<'VELO_KAFKA_BROKERS' | 'VELO_KAFKA_PROXY_TARGET' | 'VELO_KAFKA_PROXY_ADDRESS', string>>;
}
export function prepareBroker(options: {
  readonly classpath: string;
  readonly dir: string;
  readonly heap?: string;
}): Promise<PreparedBroker>;
export function startBroker(broker: PreparedBroker): Promise<number>;
