export { type S3ConnectorOptions, s3 } from './s3.ts';
export type { FindS3Credentials, S3Credentials } from './s3-client.ts';
export type { S3Options } from './s3-options.ts';
