import { z } from 'zod';
import { errorBody } from '../protocol/schemas/wire-fields.ts';
import type { Route } from './route.ts';

type JsonSchema = Record<string, unknown>;

/** A schema as OpenAPI has it; the named parts of it are collected, and referred to. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', parts: JsonSchema): JsonSchema {
  const made = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $schema: _version, $defs, ...rest } = JSON.parse(text) as JsonSchema & { readonly $defs?: JsonSchema };
  for (const [name, part] of Object.entries($defs ?? {})) parts[name] = withoutId(part as JsonSchema);
  return withoutId(rest);
}

const withoutId = ({ id: _id, $id: _uri, ...schema }: JsonSchema): JsonSchema => schema;

/** The OpenAPI 3.1 document of the routes; made of the schemas that check the requests. */
export function openApiDocument(routes: readonly Route[], basePath: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  const parts: JsonSchema = {};
  parts['Error'] = jsonSchema(errorBody, 'output', parts);
  for (const route of routes) {
    const path = route.path.startsWith('//') ? route.path.slice(1) : basePath + route.path;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, path, parts) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Velostream Studio',
      version: '1.0.0',
      description: 'Streaming SQL: sources, queries, tests, applications, deployments.',
    },
    paths,
    components: {
      schemas: parts,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
    security: [{ bearer: [] }, { apiKey: [] }],
  };
}

function operation(route: Route, path: string, parts: JsonSchema): Record<string, unknown> {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const query = route.query ? (jsonSchema(route.query, 'input', parts) as { properties?: Record<string, unknown> }).properties : undefined;
  const inQuery = Object.entries(query ?? {}).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
  const error = { description: 'What went wrong', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } };
  const answer = route.response
    ? jsonSchema(route.response, 'output', parts)
    : { type: route.produces === undefined ? 'object' : 'string' };
  return {
    operationId: `${route.method.toLowerCase()}_${route.path.replace(/^\/+/, '').replace(/[^A-Za-z0-9]+/g, '_')}`.replace(/_+$/, ''),
    summary: route.summary,
    tags: [route.tag],
    'x-risk': route.risk,
    parameters: [...inPath, ...inQuery],
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input', parts) } } } }
      : {}),
    responses: {
      200: { description: 'Done', content: { [route.produces ?? 'application/json']: { schema: answer } } },
      400: error,
      401: error,
      403: error,
      404: error,
      429: error,
      500: error,
      default: error,
    },
  };
}
