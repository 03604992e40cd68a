import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { kafkaError } from '@velostream/core/connect';
import { guardedAgents } from '../net/guarded-socket.ts';
import type { NetworkGuard } from '../net/network-guard.ts';
import type { SecretText } from '../net/secret-text.ts';

export interface RegistryLogin {
  readonly username: string | undefined;
  readonly password: SecretText | undefined;
  readonly token: SecretText | undefined;
}

export interface RegistryAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends one request; JSON both ways. */
export type RegistryRequest = (method: 'GET' | 'POST', path: string, body?: object) => Promise<RegistryAnswer>;

const BODY_MAX = 16 * 1024 ** 2;
const CONTENT_TYPE = 'application/vnd.schemaregistry.v1+json';

/** Requests to one registry through the network guard. Redirects are not followed. */
export function registryRequest(url: string, login: RegistryLogin, guard: NetworkGuard, timeoutMs: number): RegistryRequest {
  const base = new URL(url.endsWith('/') ? url : `${url}/`);
  if (base.protocol !== 'http:' && base.protocol !== 'https:')
    throw kafkaError('VS4813', { what: 'anything', problem: 'its address is no http URL' });
  const agents = guardedAgents(guard);
  const isTls = base.protocol === 'https:';
  const authorization = headerOf(login);
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        accept: `${CONTENT_TYPE}, application/json`,
        ...(authorization === undefined ? {} : { authorization }),
        ...(text === undefined ? {} : { 'content-type': CONTENT_TYPE, 'content-length': String(Buffer.byteLength(text)) }),
      };
      const target = new URL(path.replace(/^\//, ''), base);
      const send = isTls ? httpsRequest : httpRequest;
      const outgoing = send(target, { method, headers, agent: isTls ? agents.https : agents.http, timeout: timeoutMs }, (answer) => {
        readBody(answer).then(resolve, reject);
      });
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)));
      outgoing.on('error', reject);
      outgoing.end(text);
    });
}

function headerOf({ username, password, token }: RegistryLogin): string | undefined {
  if (token) return `Bearer ${token.reveal()}`;
  if (username === undefined) return undefined;
  return `Basic ${Buffer.from(`${username}:${password?.reveal() ?? ''}`).toString('base64')}`;
}

async function readBody(answer: IncomingMessage): Promise<RegistryAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_MAX) {
      answer.destroy();
      throw new Error(`the answer is longer than ${BODY_MAX} bytes`);
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  let body: unknown = null;
  try {
    body = text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    // What is no JSON is no answer of a registry; its status says enough.
  }
  return { status: answer.statusCode ?? 0, body };
}
