import { z } from 'zod';
import { errorBody } from '../protocol/schemas/wire-fields.ts';
import type { Route } from './route.ts';

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): unknown => {
  const { $schema: _version, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Record<
    string,
    unknown
  >;
  return rest;
};

/** The OpenAPI 3.1 document of the routes; made of the schemas that check the requests. */
export function openApiDocument(routes: readonly Route[], basePath: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.startsWith('//') ? route.path.slice(1) : basePath + route.path;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, path) };
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
      schemas: { Error: jsonSchema(errorBody, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
    security: [{ bearer: [] }, { apiKey: [] }],
  };
}

function operation(route: Route, path: string): Record<string, unknown> {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const query = route.query ? (jsonSchema(route.query, 'input') as { properties?: Record<string, unknown> }).properties : undefined;
  const inQuery = Object.entries(query ?? {}).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
  const error = { description: 'What went wrong', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } };
  const answer = route.response ? jsonSchema(route.response, 'output') : { type: 'object' };
  return {
    operationId: `${route.method.toLowerCase()}_${route.path.replace(/^\/+/, '').replace(/[^A-Za-z0-9]+/g, '_')}`.replace(/_+$/, ''),
    summary: route.summary,
    tags: [route.tag],
    'x-risk': route.risk,
    parameters: [...inPath, ...inQuery],
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } } }
      : {}),
    responses: {
      200: { description: 'Done', content: { 'application/json': { schema: answer } } },
      400: error,
      401: error,
      403: error,
      404: error,
      429: error,
      500: error,
    },
  };
}
