import { kafkaError } from '@velostream/core/connect';

/** Tells once per schema that messages are written with another one than the query was planned with, and a newer one. */
export class SchemaWatch {
  private readonly topic: string;
  private readonly planned: number;
  private readonly warn: (message: string) => void;
  private newest: number;

  constructor(topic: string, planned: number, warn: (message: string) => void) {
    this.topic = topic;
    this.planned = planned;
    this.newest = planned;
    this.warn = warn;
  }

  /** Numbers grow with registration: a smaller one is an earlier version, which is no news. */
  see(found: number): void {
    if (found <= this.newest) return;
    this.newest = found;
    const { code, message, hint } = kafkaError('VS4830', { topic: this.topic, planned: this.planned, found });
    this.warn(`${code}: ${message}. ${hint}`);
  }
}
