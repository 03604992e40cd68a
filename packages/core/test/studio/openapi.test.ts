import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { createStudioHandler } from '../../src/http/index.ts';
import { answerChecker } from './answer-checker.ts';
import { fixtureStudio } from './studio.fixture.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { readonly schema: object }>> }>>;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
}
const handler = createStudioHandler(fixtureStudio(), { authorize: () => null });
const document = () => handler.openapi() as { paths: Record<string, Record<string, Operation>>; components: { schemas: object } };
const operations = () => Object.entries(document().paths).flatMap(([path, all]) => Object.values(all).map((o) => ({ path, ...o })));

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1 to an independent validator', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document()) as never);
    expect([result.errors, result.valid, validator.version]).toEqual([undefined, true, '3.1']);
  });
  test('is refused by that validator once it is broken', async () => {
    const broken = structuredClone(document()) as { paths: Record<string, unknown> };
    broken.paths['/api/apps'] = { get: { responses: { 200: {} } } };
    expect((await new Validator().validate(broken as never)).valid).toBe(false);
  });
  test('refers to schemas that are there', () => {
    const { schemas } = document().components;
    const named = [...JSON.stringify(document()).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((m) => m[1]);
    expect(named.filter((name) => !(String(name) in schemas))).toEqual([]);
    expect(JSON.stringify(document())).not.toContain('$defs');
  });
  test('names every operation and every parameter of a path once', () => {
    const ids = operations().map((o) => o.operationId);
    expect(ids.length).toBe(new Set(ids).size);
    for (const { path, parameters } of operations())
      expect(parameters.filter((p) => p.in === 'path').map((p) => `{${p.name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
  });
  test('describes the answer of every route', () => {
    const bare = operations().filter((o) =>
      Object.values(o.responses['200']?.content ?? {}).some(({ schema }) => !('$ref' in schema) && Object.keys(schema).length < 2),
    );
    expect(bare.map((o) => o.path).filter((path) => !/chat|tail|stream|metrics$/.test(path))).toEqual([]);
  });
});

test('an answer that is not as described is found out', () => {
  const check = answerChecker(handler.openapi());
  expect(check('GET', '/api/apps', 200, { apps: [], total: 0 })).toEqual([]);
  expect(check('GET', '/api/apps', 200, { apps: [{}], total: 0 }).length).toBeGreaterThan(3);
  expect(check('GET', '/api/apps', 200, { apps: [], total: 0, more: 1 })).toHaveLength(1);
  expect(check('GET', '/api/apps/x', 404, { error: { code: 'APP_NOT_FOUND', message: 'm' } })).toEqual([]);
  expect(check('GET', '/api/apps/x', 404, { oops: true })).not.toEqual([]);
  expect(check('GET', '/api/none', 200, {})).toEqual(['the document does not know this route']);
});
