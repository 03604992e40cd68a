// JSON Schema and Protobuf in the registry in memory beside a real one. The one in memory follows the rules of Confluent; Apicurio, which is the
// real one here, is stricter or laxer in places, and these are told.
import { describe, expect, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { memoryRegistry } from '../src/schema-registry/index.ts';
import { JSON_CHANGES } from '../src/schema-registry/memory/json-changes.fixture.ts';
import { PROTO_CHANGES } from '../src/schema-registry/memory/proto-changes.fixture.ts';

const registry = service('schema-registry');
const LEVELS = ['BACKWARD', 'FORWARD', 'FULL', 'NONE'] as const;
const HEADERS = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
type Send = (method: 'PUT' | 'POST', path: string, body: object) => Promise<number>;

const CHANGES = {
  JSON: JSON_CHANGES.map(([what, before, after]) => ({ what, before: JSON.stringify(before), after: JSON.stringify(after) })),
  PROTOBUF: PROTO_CHANGES.map(([what, before, after]) => ({ what, before, after })),
};

const NO_SCHEMA = LEVELS.map((level) => `${level}: status 422`);
const REFUSED = LEVELS.slice(0, 3).map((level) => `${level}: refused`);

/** Of the levels at which the real registry answers otherwise than the one in memory. */
const DIFFERS: Readonly<Record<keyof typeof CHANGES, Readonly<Record<string, readonly string[]>>>> = {
  JSON: {
    'a property of any kind is added to an open object': ['BACKWARD: refused', 'FULL: refused'],
    'a required property with a default is added to a closed object': ['BACKWARD: refused'],
    'a type is added': ['BACKWARD: refused'],
    // It takes the first schemas of these for no schemas.
    'an alternative is added': NO_SCHEMA,
    'items change': NO_SCHEMA,
  },
  PROTOBUF: {
    'a field is added': ['FORWARD: refused'],
    'a field is renamed': REFUSED,
    'a number is read by its bytes': REFUSED,
    'texts become bytes': REFUSED,
    'a number becomes an enum': REFUSED,
    'a text becomes repeated': REFUSED,
    'a message is removed': ['FULL: taken'],
    'two fields move into one choice': ['BACKWARD: taken', 'FULL: taken'],
    'a field of a choice is gone': ['FULL: taken'],
    'the package changes': ['BACKWARD: taken', 'FORWARD: taken', 'FULL: taken'],
  },
};

/** What becomes of the second schema of a subject that has the first one. */
async function fate(send: Send, subject: string, level: string, bodies: readonly [before: object, after: object]): Promise<string> {
  await send('PUT', `/config/${subject}`, { compatibility: level });
  for (const body of bodies) {
    const status = await send('POST', `/subjects/${subject}/versions`, body);
    if (status !== 200) return status === 409 && body === bodies[1] ? 'refused' : `status ${status}`;
  }
  return 'taken';
}

describe('the registry in memory', () => {
  test.for(['JSON', 'PROTOBUF'] as const)('takes and refuses changes of %s as a real registry does', async (kind, context) => {
    const base = registry.require(context).VELO_REGISTRY_URL;
    const real: Send = async (method, path, body) =>
      (await fetch(base + path, { method, headers: HEADERS, body: JSON.stringify(body) })).status;
    const differs: Record<string, string[]> = {};
    for (const [i, { what, before, after }] of CHANGES[kind].entries()) {
      for (const level of LEVELS) {
        const { request } = memoryRegistry();
        const memory: Send = async (method, path, body) => (await request(method, path, body)).status;
        const subject = `changes-${process.pid}-${kind}-${i}-${level}`;
        const bodies = [before, after].map((schema) => ({ schemaType: kind, schema })) as [object, object];
        const [theirs, ours] = [await fate(real, subject, level, bodies), await fate(memory, subject, level, bodies)];
        if (theirs !== ours) differs[what] = [...(differs[what] ?? []), `${level}: ${theirs}`];
      }
    }
    expect(differs).toEqual(DIFFERS[kind]);
  });
});
