import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { Upload } from '@aws-sdk/lib-storage';
import { databaseError, type Encoder, type RecordBatch, type VeloError } from '@velostream/core/connect';
import type { Packing } from '../files/choose-format.ts';
import { packed } from '../files/codecs.ts';
import { loadDriver } from '../net/load-driver.ts';
import type { OpenStore } from './s3-client.ts';

/** Stands in the keys of objects that no commit has named yet. */
export const IN_PROGRESS = '.inprogress-';
/** What a store copies by one request. */
const COPY_MAX = 5 * 1024 ** 3;

interface ObjectPlan {
  readonly key: string;
  readonly packing: Packing;
  readonly partBytes: number;
}

/**
 * The object of one epoch on its way. Up to the size of a part it waits here and is sent whole, under its final key; beyond that its parts
 * are sent under a key of their own, and the commit copies it to the final one within the store, which is one step for every reader. Holds
 * at most three parts.
 */
export class OpenObject {
  private readonly store: OpenStore;
  private readonly encoder: Encoder;
  private readonly plan: ObjectPlan;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private size = 0;
  private hasStarted = false;
  private transfer: Transfer | null = null;

  constructor(store: OpenStore, encoder: Encoder, plan: ObjectPlan) {
    this.store = store;
    this.encoder = encoder;
    this.plan = plan;
  }

  async put(batch: RecordBatch): Promise<void> {
    if (!this.hasStarted) await this.add(this.encoder.start());
    this.hasStarted = true;
    await this.add(this.encoder.encode(batch));
  }

  async finish(key: string): Promise<void> {
    await this.add(this.encoder.finish());
    if (this.transfer === null) await this.sendWhole(key);
    else {
      await this.transfer.finish();
      await this.copy(this.transfer.key, key);
    }
  }

  async abort(): Promise<void> {
    this.waiting = [];
    await this.transfer?.abort();
  }

  private async add(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    // The encoder may use its memory again.
    const out = this.plan.packing === 'none' ? Uint8Array.from(bytes) : await packed(this.plan.packing, bytes);
    this.size += out.length;
    if (this.transfer !== null) return this.transfer.put(out);
    this.waiting.push(out);
    this.waitingBytes += out.length;
    if (this.waitingBytes <= this.plan.partBytes) return undefined;
    const key = `${this.plan.key}${IN_PROGRESS}${randomBytes(8).toString('hex')}`;
    this.transfer = await Transfer.start(this.store, key, this.plan.partBytes);
    for (const piece of this.waiting) await this.transfer.put(piece);
    this.waiting = [];
    return undefined;
  }

  private async sendWhole(key: string): Promise<void> {
    const { client, sdk, bucket } = this.store;
    const body = Buffer.concat(this.waiting);
    await client.send(new sdk.PutObjectCommand({ Bucket: bucket, Key: key, Body: body })).catch((error: unknown) => {
      throw writeError(this.store, error, key);
    });
    this.waiting = [];
  }

  private async copy(from: string, key: string): Promise<void> {
    const { client, sdk, bucket } = this.store;
    if (this.size > COPY_MAX) {
      await client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key: from })).catch(() => {});
      throw databaseError('VS4704', { object: `s3://${bucket}/${key}`, problem: 'one epoch has more than 5 GiB; commit more often' });
    }
    const source = `${bucket}/${from}`.split('/').map(encodeURIComponent).join('/');
    try {
      await client.send(new sdk.CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: source }));
      await client.send(new sdk.DeleteObjectCommand({ Bucket: bucket, Key: from }));
    } catch (error) {
      throw writeError(this.store, error, key);
    }
  }
}

function writeError(store: OpenStore, error: unknown, key: string): VeloError {
  const coded = store.coded(error, key);
  return coded.code === 'VS4505' ? databaseError('VS4704', { object: `s3://${store.bucket}/${key}`, problem: coded.message }) : coded;
}

/** A multipart upload that takes bytes as they come. */
class Transfer {
  readonly key: string;
  private readonly store: OpenStore;
  private readonly body = new PassThrough({ highWaterMark: 1024 ** 2 });
  private readonly upload: Upload;
  private readonly sent: Promise<void>;
  private failure: { readonly error: unknown } | null = null;

  private constructor(store: OpenStore, key: string, makeUpload: (body: PassThrough) => Upload) {
    this.store = store;
    this.key = key;
    this.upload = makeUpload(this.body);
    this.body.on('error', () => {});
    this.sent = this.upload.done().then(
      () => {},
      (error: unknown) => {
        this.failure = { error };
        this.body.destroy();
      },
    );
  }

  static async start(store: OpenStore, key: string, partBytes: number): Promise<Transfer> {
    const { Upload: Uploader } = await loadDriver(() => import('@aws-sdk/lib-storage'), '@aws-sdk/lib-storage', 'writing to S3');
    const { client, bucket } = store;
    return new Transfer(
      store,
      key,
      (Body) =>
        new Uploader({ client, params: { Bucket: bucket, Key: key, Body }, partSize: partBytes, queueSize: 2, leavePartsOnError: false }),
    );
  }

  async put(bytes: Uint8Array): Promise<void> {
    this.check();
    if (this.body.write(bytes)) return;
    await new Promise<void>((done) => {
      this.body.once('drain', done);
      this.body.once('close', done);
    });
    this.check();
  }

  async finish(): Promise<void> {
    this.check();
    this.body.end();
    await this.sent;
    this.check();
  }

  async abort(): Promise<void> {
    await this.upload.abort().catch(() => {});
    this.body.destroy();
    await this.sent;
  }

  private check(): void {
    if (this.failure !== null) throw writeError(this.store, this.failure.error, this.key);
  }
}
