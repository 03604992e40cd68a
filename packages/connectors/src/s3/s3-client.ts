import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { type ConnectorHost, connectorError, databaseError, type VeloError } from '@velostream/core/connect';
import type { FileFormat } from '../files/choose-format.ts';
import { guardedAgents, trusted } from '../net/guarded-socket.ts';
import { loadDriver } from '../net/load-driver.ts';
import { networkGuard } from '../net/network-guard.ts';
import { SecretText } from '../net/secret-text.ts';
import type { ReadProgress } from '../tables/look-limits.ts';
import { s3Error } from './s3-error.ts';
import type { S3Options } from './s3-options.ts';

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Credentials for an endpoint and bucket, given by the host program; undefined: those of its own environment. */
export type FindS3Credentials = (target: {
  readonly endpoint: string | undefined;
  readonly bucket: string;
}) => S3Credentials | undefined | Promise<S3Credentials | undefined>;

/** What reading and writing objects needs to know. */
export interface S3Context {
  readonly options: S3Options;
  readonly host: ConnectorHost;
  readonly formats: readonly FileFormat[];
  readonly credentials: FindS3Credentials | undefined;
  /** Authorities to trust, PEM. */
  readonly ca?: string | readonly string[] | undefined;
  /** Who wants to know how reading goes on. */
  readonly progress?: ReadProgress;
}

/** A client with what its errors need: where it leads, and which secrets must not be told. */
export interface OpenStore {
  readonly client: S3Client;
  readonly sdk: typeof import('@aws-sdk/client-s3');
  readonly bucket: string;
  coded(error: unknown, key: string): VeloError;
  close(): void;
}

export async function openStore({ options, host, credentials, ca }: S3Context): Promise<OpenStore> {
  const sdk = await loadDriver(() => import('@aws-sdk/client-s3'), '@aws-sdk/client-s3', 'S3');
  const { bucket, endpoint, region } = options;
  const guard = networkGuard(host);
  const url = endpointUrl(endpoint);
  if (url !== undefined) guard.check({ host: url.hostname, port: portOf(url) });
  const found = options.anonymous ? undefined : await credentials?.({ endpoint, bucket });
  const secrets = found === undefined ? [] : [found.secretAccessKey, found.sessionToken ?? ''].map((text) => new SecretText(text));
  const agents = guardedAgents(guard, { maxSockets: 32, ...trusted(ca) });
  const config: S3ClientConfig = {
    region,
    forcePathStyle: options.force_path_style || endpoint !== undefined,
    maxAttempts: options.retries + 1,
    retryMode: 'standard',
    // Whoever may name the bucket may not send requests to a region of its own choice.
    followRegionRedirects: false,
    requestHandler: {
      httpAgent: agents.http,
      httpsAgent: agents.https,
      requestTimeout: options.request_timeout_ms,
      connectionTimeout: 10_000,
      throwOnRequestTimeout: true,
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(found === undefined ? {} : { credentials: { ...found } }),
    // Without a signature nobody looks at these; without them the client looks for credentials.
    ...(options.anonymous
      ? { credentials: { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' }, signer: { sign: async (request) => request } }
      : {}),
  };
  const client = new sdk.S3Client(config);
  return {
    client,
    sdk,
    bucket,
    coded: (error, key) => s3Error(error, { bucket, key, target: url?.host ?? `s3.${region}.amazonaws.com`, secrets }),
    close() {
      client.destroy();
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

const portOf = (url: URL): number => (url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port));

function endpointUrl(endpoint: string | undefined): URL | undefined {
  if (endpoint === undefined) return undefined;
  const bad = (problem: string) => connectorError('VS4101', { connector: 's3', option: 'endpoint', problem });
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    throw bad('it is no address such as https://host:port');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw bad('only http and https are spoken');
  if (url.username !== '' || url.password !== '') throw bad('credentials come from the host program');
  return url;
}

/** Waits before a request is tried again: longer each time, and differently for each reader. */
export const retryDelayMs = (attempt: number): number => {
  const most = Math.min(10_000, 100 * 2 ** attempt);
  return most / 2 + (Math.random() * most) / 2;
};

export const notFound = (bucket: string, key: string): VeloError => databaseError('VS4701', { object: `s3://${bucket}/${key}` });
