import { connectorError, type Encoder, type Field, type RecordBatch, type RecoveredCommit, type Sink } from '@velostream/core/connect';
import { chooseFormat, type Packing, packingOf } from '../files/choose-format.ts';
import { CommitObject } from './commit-object.ts';
import { hasWildcard } from './list-objects.ts';
import { OpenObject } from './open-object.ts';
import { type OpenStore, openStore, type S3Context } from './s3-client.ts';

/**
 * One object per epoch, visible when the epoch is committed and not before. Its key is made of the epoch, so that an epoch that comes
 * again after a crash replaces its own object by the same rows. With the name of a job an object beside them tells the checkpoint that the
 * last epoch belongs to: the job goes on from that one.
 */
export function s3Sink(context: S3Context): Sink {
  const writer = new S3Sink(context);
  return {
    open: (fields) => writer.open(fields),
    write: ({ batch }) => writer.write(batch),
    commit: (epoch, job) => writer.commit(epoch, job?.checkpoint ?? ''),
    close: () => writer.close(),
    ...(context.options.job === undefined ? {} : { recover: async () => writer.recovered }),
  };
}

/** `out.parquet` for the first epoch, `out_00002.parquet` for the second (behind it in the order of keys); `{epoch}` and `{job}` are filled in where they stand. */
export function keyOfEpoch(key: string, epoch: number, job: string | undefined): string {
  const number = String(epoch).padStart(5, '0');
  const named = key.replaceAll('{job}', job ?? 'job');
  if (named.includes('{epoch}')) return named.replaceAll('{epoch}', number);
  if (epoch <= 1) return named;
  const slash = named.lastIndexOf('/');
  const dot = named.indexOf('.', slash + 2);
  return dot < 0 ? `${named}_${number}` : `${named.slice(0, dot)}_${number}${named.slice(dot)}`;
}

class S3Sink {
  private readonly context: S3Context;
  private readonly packing: Packing;
  private store: OpenStore | null = null;
  private fields: readonly Field[] = [];
  private makeEncoder: ((fields: readonly Field[]) => Promise<Encoder>) | null = null;
  private object: OpenObject | null = null;
  private lastEpoch = 0;
  private noted: CommitObject | null = null;

  constructor(context: S3Context) {
    const { key } = context.options;
    if (key === '' || key.endsWith('/') || hasWildcard(key)) {
      throw connectorError('VS4101', { connector: 's3', option: 'key', problem: 'a sink needs the key of an object' });
    }
    this.context = context;
    this.packing = packingOf(key, context.options.compression);
  }

  get recovered(): RecoveredCommit | null {
    return this.noted?.recovered ?? null;
  }

  async open(fields: readonly Field[]): Promise<void> {
    const { options, formats } = this.context;
    const format = chooseFormat(options.key, options, formats);
    if (format.encoder === undefined) throw connectorError('VS4208', { format: format.name, known: [] });
    this.makeEncoder = format.encoder;
    this.fields = fields;
    // What a format cannot hold is told before anything is read.
    await format.encoder(fields);
    this.store = await openStore(this.context);
    if (options.job === undefined) return;
    this.noted = new CommitObject(this.store, options.key, options.job);
    this.lastEpoch = await this.noted.take();
    // What a crash left between the object of an epoch and its note; the epoch comes again, and perhaps without rows.
    if (this.lastEpoch > 0) await this.remove(this.store, keyOfEpoch(options.key, this.lastEpoch + 1, options.job));
  }

  async write(batch: RecordBatch): Promise<void> {
    const store = this.mustBeOpen();
    if (batch.length === 0) return;
    this.object ??= await this.started(store);
    await this.object.put(batch);
  }

  async commit(epoch: number, checkpoint: string): Promise<void> {
    this.mustBeOpen();
    const { object } = this;
    this.object = null;
    if (epoch <= this.lastEpoch) {
      await object?.abort();
      return;
    }
    const { key, job } = this.context.options;
    // Without a checkpoint there is nothing to go on from, so nothing is noted.
    const noted = checkpoint === '' ? null : this.noted;
    await noted?.check(epoch);
    await object?.finish(keyOfEpoch(key, epoch, job));
    await noted?.note(epoch, checkpoint);
    this.lastEpoch = epoch;
  }

  async close(): Promise<void> {
    if (this.store === null) return;
    await this.object?.abort();
    this.object = null;
    this.store.close();
    this.store = null;
  }

  private async remove(store: OpenStore, key: string): Promise<void> {
    const command = new store.sdk.DeleteObjectCommand({ Bucket: store.bucket, Key: key });
    await store.client.send(command).catch((error: unknown) => Promise.reject(store.coded(error, key)));
  }

  private mustBeOpen(): OpenStore {
    if (this.store === null) throw connectorError('VS4401', { name: `s3://${this.context.options.bucket}/${this.context.options.key}` });
    return this.store;
  }

  private async started(store: OpenStore): Promise<OpenObject> {
    const { options } = this.context;
    const make = this.makeEncoder as NonNullable<typeof this.makeEncoder>;
    const encoder = await make(this.fields);
    return new OpenObject(store, encoder, { key: options.key, packing: this.packing, partBytes: options.part_bytes });
  }
}
