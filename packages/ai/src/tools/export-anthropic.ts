import * as z from 'zod/mini';
import type { ToolRegistry } from './registry.ts';
import type { Tool } from './tool.ts';

export interface JsonTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly risk: Tool['risk'];
  readonly artifact: string | null;
  readonly aliases: readonly string[];
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly outputSchema: Readonly<Record<string, unknown>>;
}

/** JSON Schema of a tool's input or output, without the noise of machine integers. */
export function jsonSchema(schema: z.ZodMiniType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _drop, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io }) as Record<string, unknown>;
  return rest;
}

/** Tools as plain JSON: for documents, for HTTP, for any other model. */
export const toJson = (registry: ToolRegistry): JsonTool[] =>
  registry.tools.map((t) => ({
    name: t.name,
    title: t.title,
    description: t.description,
    risk: t.risk,
    artifact: t.artifact ?? null,
    aliases: t.aliases,
    inputSchema: jsonSchema(t.input, 'input'),
    outputSchema: jsonSchema(t.output, 'output'),
  }));

export interface AnthropicToolParam {
  readonly name: string;
  readonly description: string;
  readonly input_schema: { readonly type: 'object'; readonly [key: string]: unknown };
}

/** Tools as the Messages API takes them; sorted, so that the same tools give the same bytes and the cache holds. */
export const toAnthropicTools = (registry: ToolRegistry): AnthropicToolParam[] =>
  registry.tools
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((t) => ({ name: t.name, description: t.description, input_schema: { ...jsonSchema(t.input, 'input'), type: 'object' } }));
