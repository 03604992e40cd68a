import { randomUUID } from 'node:crypto';
import { databaseError, type RecoveredCommit } from '@velostream/core/connect';
import { COMMIT_SUFFIX } from './list-objects.ts';
import type { OpenStore } from './s3-client.ts';

interface Noted extends RecoveredCommit {
  readonly owner: string;
}

/**
 * The object beside those of a job's sink that tells which epoch was committed last, and with which checkpoint of the job. It is written
 * behind the epoch's object: an object that it does not speak of belongs to nobody, and the same epoch writes over it.
 */
export class CommitObject {
  recovered: RecoveredCommit | null = null;
  private readonly store: OpenStore;
  private readonly job: string;
  private readonly key: string;
  private readonly owner = randomUUID();

  constructor(store: OpenStore, key: string, job: string) {
    this.store = store;
    this.job = job;
    this.key = `${key.replaceAll('{epoch}', '').replaceAll('{job}', job)}.${job}${COMMIT_SUFFIX}`;
  }

  /** Makes this sink the one that writes; gives the epoch after which it goes on. */
  async take(): Promise<number> {
    const found = await this.read();
    this.recovered = found === null || found.checkpoint === '' ? null : { epoch: found.epoch, checkpoint: found.checkpoint };
    const { epoch, checkpoint } = this.recovered ?? { epoch: 0, checkpoint: '' };
    await this.write({ epoch, checkpoint, owner: this.owner });
    return epoch;
  }

  /** An earlier sink of the job, in a process that was taken for dead, stops here. */
  async check(epoch: number): Promise<void> {
    const found = await this.read();
    if (found?.owner !== this.owner) throw databaseError('VS4610', { job: this.job, epoch, found: found?.epoch ?? 0 });
  }

  note(epoch: number, checkpoint: string): Promise<void> {
    return this.write({ epoch, checkpoint, owner: this.owner });
  }

  private async read(): Promise<Noted | null> {
    const { client, sdk, bucket } = this.store;
    try {
      const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key: this.key }));
      const { epoch, checkpoint, owner } = JSON.parse((await Body?.transformToString()) ?? '') as Partial<Noted>;
      if (!Number.isSafeInteger(epoch) || typeof checkpoint !== 'string') return null;
      return { epoch: epoch as number, checkpoint, owner: owner ?? '' };
    } catch (error) {
      const coded = this.store.coded(error, this.key);
      if (coded.code === 'VS4701') return null;
      throw coded;
    }
  }

  private async write(noted: Noted): Promise<void> {
    const { client, sdk, bucket } = this.store;
    const command = new sdk.PutObjectCommand({
      Bucket: bucket,
      Key: this.key,
      Body: JSON.stringify(noted),
      ContentType: 'application/json',
    });
    await client.send(command).catch((error: unknown) => Promise.reject(this.store.coded(error, this.key)));
  }
}
