import { randomBytes } from 'node:crypto';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type S3Credentials, s3 } from '@velostream/connectors/s3';
import { resolveOptions } from '@velostream/core/connect/options';

type Variables = Readonly<Record<string, string>>;

/** A bucket of its own on the server of the tests. */
export interface TestBucket {
  readonly bucket: string;
  readonly endpoint: string;
  readonly credentials: S3Credentials;
  /** Options as a user writes them. */
  readonly options: Readonly<Record<string, unknown>>;
  put(key: string, body: string | Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array>;
  keys(prefix?: string): Promise<readonly string[]>;
  /** Lets everybody read its objects. */
  makePublic(): Promise<void>;
}

export async function testBucket(variables: Variables): Promise<TestBucket> {
  const endpoint = variables['VELO_S3_URL'] as string;
  const credentials = {
    accessKeyId: variables['VELO_S3_ACCESS_KEY'] as string,
    secretAccessKey: variables['VELO_S3_SECRET_KEY'] as string,
  };
  const client = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  const bucket = `t-${randomBytes(6).toString('hex')}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    bucket,
    endpoint,
    credentials,
    options: { bucket, endpoint },
    async put(key, body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    },
    async get(key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array(0);
    },
    async keys(prefix = '') {
      const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
      return (Contents ?? []).map(({ Key }) => Key as string);
    },
    async makePublic() {
      const statement = { Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::${bucket}/*`] };
      await client.send(
        new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) }),
      );
    },
  };
}

export const HOST = { warn: () => {}, now: () => Date.now() };

export const openS3 = (bucket: TestBucket, options: Readonly<Record<string, unknown>>) => {
  const definition = s3({ credentials: () => bucket.credentials });
  return definition.source!(resolveOptions(definition, { ...bucket.options, ...options }), HOST);
};
