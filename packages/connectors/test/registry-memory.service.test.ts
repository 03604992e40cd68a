// The registry in memory beside a real one: the same requests, the same answers.
import { describe, expect, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { memoryRegistry } from '../src/schema-registry/index.ts';

const registry = service('schema-registry');
const ROUNDS = 12;
const STEPS = 25;
const LEVELS = ['NONE', 'BACKWARD', 'FORWARD', 'FULL', 'BACKWARD_TRANSITIVE', 'FORWARD_TRANSITIVE', 'FULL_TRANSITIVE'] as const;

/** Numbers in [0, 1) from a seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const TYPES: readonly unknown[] = [
  'int',
  'long',
  'double',
  'string',
  ['null', 'string'],
  ['null', 'long'],
  { type: 'array', items: 'int' },
  { type: 'array', items: 'long' },
  { type: 'map', values: 'string' },
  { type: 'enum', name: 'E', symbols: ['A', 'B'] },
  { type: 'enum', name: 'E', symbols: ['A', 'B', 'C'] },
  { type: 'fixed', name: 'F', size: 4 },
  { type: 'fixed', name: 'F', size: 8 },
  { type: 'record', name: 'In', fields: [{ name: 'x', type: 'int' }] },
  { type: 'record', name: 'In', fields: [{ name: 'x', type: 'long' }] },
];
const defaultOf = (type: unknown): object => {
  if (Array.isArray(type)) return { default: null };
  const plain: Record<string, unknown> = { int: 1, long: 1, double: 1, string: 'x' };
  return typeof type === 'string' ? { default: plain[type] } : {};
};

function schemaOf(next: () => number): string {
  const names = ['a', 'b', 'c'].filter(() => next() < 0.6);
  const used = new Set<string>();
  const fields = (names.length > 0 ? names : ['a']).flatMap((name) => {
    const type = TYPES[Math.floor(next() * TYPES.length)];
    const own = (type as { name?: string }).name;
    // A name may be defined once.
    if (own !== undefined && used.has(own)) return [];
    if (own !== undefined) used.add(own);
    return [{ name, type, ...(next() < 0.5 ? defaultOf(type) : {}) }];
  });
  return JSON.stringify({ type: 'record', name: 'R', fields });
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

describe('the registry in memory', () => {
  test('answers random requests as a real registry does', async (context) => {
    const base = registry.require(context).VELO_REGISTRY_URL;
    const real = async (method: string, path: string, body?: object): Promise<Answer> => {
      const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
      const answer = await fetch(base + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      return { status: answer.status, body: await answer.json().catch(() => null) };
    };
    let registered = 0;
    let refused = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const next = random(round + 1);
      const memory = memoryRegistry();
      const subject = `memory-${process.pid}-${round}`;
      const ids = new Map<number, number>();
      const level = LEVELS[round % LEVELS.length];
      const log: string[] = [];
      const both = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<[Answer, Answer]> => {
        log.push(`${method} ${path} ${JSON.stringify(body ?? null)}`);
        return [await real(method, path, body), await memory.request(method, path, body)];
      };
      await both('PUT', `/config/${subject}`, { compatibility: level });
      for (let step = 0; step < STEPS; step++) {
        const body = { schema: schemaOf(next) };
        const [tried, expected] = await both('POST', `/compatibility/subjects/${subject}/versions/latest`, body);
        if (tried.status === 200)
          expect((expected.body as { is_compatible: boolean }).is_compatible, log.join('\n')).toBe(
            (tried.body as { is_compatible: boolean }).is_compatible,
          );
        const [theirs, ours] = await both('POST', `/subjects/${subject}/versions`, body);
        expect([ours.status, log.slice(-1)], log.join('\n')).toEqual([theirs.status, log.slice(-1)]);
        if (theirs.status === 200) {
          registered++;
          const [their, our] = [theirs, ours].map((a) => (a.body as { id: number }).id) as [number, number];
          expect(ids.get(their) ?? our).toBe(our);
          ids.set(their, our);
          const [a, b] = await both('GET', `/subjects/${subject}/versions/latest`);
          const [x, y] = [a, b].map(({ body: v }) => v as { version: number; schema: string }) as [never, never];
          const view = (v: { version: number; schema: string }) => [v.version, JSON.parse(v.schema)];
          expect(view(y), log.join('\n')).toEqual(view(x));
        } else {
          refused++;
          const codes = [theirs, ours].map((a) => (a.body as { error_code?: number }).error_code);
          expect(codes[1]).toBe(codes[0]);
        }
      }
      const [versions, own] = await both('GET', `/subjects/${subject}/versions`);
      expect(own).toEqual(versions);
      expect((await both('GET', `/subjects/${subject}-none/versions`)).map((a) => [a.status, codeOf(a)])).toEqual(
        Array(2).fill([404, 40401]),
      );
      expect((await both('GET', `/subjects/${subject}/versions/999`)).map((a) => [a.status, codeOf(a)])).toEqual(
        Array(2).fill([404, 40402]),
      );
    }
    console.info(`${registered} schemas registered, ${refused} refused, the same by both registries`);
    expect(registered).toBeGreaterThan(ROUNDS);
    expect(refused).toBeGreaterThan(ROUNDS);
  });
});

const codeOf = (answer: Answer): number | undefined => (answer.body as { error_code?: number } | null)?.error_code;
