import { modelText } from './model-text.ts';
import type { CallContext, ToolRegistry } from './registry.ts';

export interface AiSdkToolLike {
  readonly description: string;
  readonly inputSchema: unknown;
  readonly outputSchema: unknown;
  readonly needsApproval: boolean;
  execute(input: unknown, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>;
  toModelOutput(result: unknown): { readonly type: 'text'; readonly value: string };
}

/** Tools in the shape of the AI SDK, without importing it: zod schemas as they are, approvals for what deploys. */
export function toAiSdkTools(registry: ToolRegistry, context: CallContext): Record<string, AiSdkToolLike> {
  return Object.fromEntries(
    registry.tools.map((tool) => [
      tool.name,
      {
        description: tool.description,
        inputSchema: tool.input,
        outputSchema: tool.output,
        needsApproval: tool.risk === 'deploy' || tool.risk === 'write',
        async execute(input, options) {
          const result = await registry.call(tool.name, input, {
            ...context,
            ...(options?.abortSignal ? { signal: options.abortSignal } : {}),
          });
          // The host has asked the person: what was approved is what was planned a moment ago.
          if (!result.approval) return result.output;
          return (await registry.decide(result.approval.approvalId, true, context)).output;
        },
        toModelOutput: (result) => ({
          type: 'text',
          value: modelText(tool, { output: result as Readonly<Record<string, unknown>>, text: '' }, 'sdk'),
        }),
      } satisfies AiSdkToolLike,
    ]),
  );
}
