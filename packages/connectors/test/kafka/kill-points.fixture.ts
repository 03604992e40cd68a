import type { JobOptions } from '@velostream/core/engine';
import type { KafkaDriver, KafkaProducer } from '../../src/kafka/driver/kafka-driver.ts';

type Fs = JobOptions['fs'];

/** Moments at which a job can die, in the order of one commit. */
export const KILL_POINTS = [
  'before-poll',
  'after-poll',
  'mid-batch',
  'after-output',
  'mid-checkpoint-write',
  'after-rename',
  'after-send-offsets',
  'before-end-txn',
  'after-end-txn',
  'during-gc',
  'during-restore',
  'during-fence',
  'during-shutdown',
] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

/** Dies at the n-th time that the point is reached. */
export type Reach = (point: KillPoint) => void;

export function killer(point: KillPoint | undefined, times: number): Reach {
  let left = times;
  return (reached) => {
    if (reached === point && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}

/** A driver that reports the moments. */
export function watchedDriver(driver: KafkaDriver, reach: Reach): KafkaDriver {
  return {
    ...driver,
    async fetch(request) {
      reach('before-poll');
      const fetched = await driver.fetch(request);
      reach('after-poll');
      return fetched;
    },
    producer(settings) {
      const inner = driver.producer(settings);
      const watched: KafkaProducer = {
        get isBroken() {
          return inner.isBroken;
        },
        async init(signal) {
          await inner.init(signal);
          reach('during-fence');
        },
        begin: () => inner.begin(),
        async send(parts, signal) {
          reach('mid-batch');
          await inner.send(parts, signal);
          reach('after-output');
        },
        async sendOffsets(groupId, offsets) {
          await inner.sendOffsets(groupId, offsets);
          reach('after-send-offsets');
        },
        async commit() {
          reach('before-end-txn');
          await inner.commit();
          reach('after-end-txn');
        },
        abort: () => inner.abort(),
        async close() {
          reach('during-shutdown');
          await inner.close();
        },
      };
      return watched;
    },
  };
}

/** Files that report the moments. `torn` leaves half of a checkpoint behind, as a power cut would. */
export function watchedFs(fs: Fs, reach: Reach, torn: (path: string, half: Uint8Array) => void): Fs {
  return {
    async read(path) {
      reach('during-restore');
      return fs.read(path);
    },
    async writeAtomic(path, data) {
      torn(path, data.subarray(0, data.length >> 1));
      reach('mid-checkpoint-write');
      await fs.writeAtomic(path, data);
      reach('after-rename');
    },
    list: (directory) => fs.list(directory),
    async remove(path) {
      reach('during-gc');
      await fs.remove(path);
    },
  };
}
