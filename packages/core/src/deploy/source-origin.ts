import { isSecretName } from '../connect/secrets/index.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { publicOptions, publicUri } from '../sessions/public-uri.ts';
import type { SourceOrigin } from '../sessions/source-origin.ts';
import type { DeploySubject } from './subject.ts';

/** An input that is opened by its address. */
interface AddressedInput {
  readonly uri: string;
  readonly format?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly schema?: TableSchema;
  readonly hasSecret?: boolean;
}

const isAddressed = (input: unknown): input is AddressedInput =>
  typeof input === 'object' && input !== null && 'uri' in input && typeof input.uri === 'string';

/** Where the inputs of a subject came from, without secrets: a store may keep it. Inputs that are rows of the host have no origin. */
export function originsOf({ sources = {}, origins = {} }: DeploySubject): Readonly<Record<string, SourceOrigin>> {
  const found: Record<string, SourceOrigin> = { ...origins };
  for (const [name, input] of Object.entries(sources)) {
    if (!isAddressed(input)) continue;
    const { uri, format, options = {}, schema } = input;
    const hasSecret = input.hasSecret === true || publicUri(uri) !== uri || Object.keys(options).some(isSecretName);
    found[name] = {
      uri: publicUri(uri),
      ...(format === undefined ? {} : { format }),
      options: publicOptions(options),
      ...(schema === undefined ? {} : { schema }),
      ...(hasSecret ? { hasSecret } : {}),
    };
  }
  return found;
}
