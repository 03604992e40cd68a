export type {
  CommittedOffset,
  DriverSettings,
  FetchedPartition,
  FetchRequest,
  KafkaAdminPort,
  KafkaDriver,
  KafkaProducer,
  NewTopic,
  ProducerSettings,
} from './driver/kafka-driver.ts';
export { type KafkaConnectorOptions, kafka } from './kafka.ts';
export { type KafkaAdmin, kafkaAdmin } from './kafka-admin.ts';
export type { KafkaOptions } from './kafka-options.ts';
