import type { Approval } from '@velostream/core/protocol/assist';
import { modelText } from './model-text.ts';
import type { CallContext, ToolRegistry } from './registry.ts';

export interface AiSdkToolLike {
  readonly description: string;
  readonly inputSchema: unknown;
  readonly outputSchema: unknown;
  readonly needsApproval: boolean;
  execute(input: unknown, options?: { readonly abortSignal?: AbortSignal; readonly toolCallId?: string }): Promise<unknown>;
  toModelOutput(result: unknown): { readonly type: 'text'; readonly value: string };
}

export interface AiSdkOptions {
  /**
   * Whether a person has approved exactly this plan: compare `hash`, or ask now. Asked again at every execution, because a host may run a
   * tool without honouring `needsApproval`. Without it nothing is deployed or written: the tool answers with the plan and its approval id,
   * and the host runs it with `registry.decide(approvalId, true, context)` once a person has agreed.
   */
  readonly isApproved?: (plan: Approval, call: { readonly toolCallId?: string }) => boolean | Promise<boolean>;
}

/** Tools in the shape of the AI SDK, without importing it: zod schemas as they are, and nothing deployed without an approval of its plan. */
export function toAiSdkTools(registry: ToolRegistry, context: CallContext, options: AiSdkOptions = {}): Record<string, AiSdkToolLike> {
  return Object.fromEntries(
    registry.tools.map((tool) => [
      tool.name,
      {
        description: tool.description,
        inputSchema: tool.input,
        outputSchema: tool.output,
        needsApproval: tool.risk === 'deploy' || tool.risk === 'write',
        async execute(input, { abortSignal, toolCallId } = {}) {
          const result = await registry.call(tool.name, input, { ...context, ...(abortSignal ? { signal: abortSignal } : {}) });
          const { approval } = result;
          if (!approval) return result.output;
          const approved = await options.isApproved?.(approval, toolCallId === undefined ? {} : { toolCallId });
          if (approved === undefined) return { ...result.output, done: false };
          return (await registry.decide(approval.approvalId, approved, context)).output;
        },
        toModelOutput: (result) => ({
          type: 'text',
          value: modelText(tool, { output: result as Readonly<Record<string, unknown>>, text: '' }, 'sdk'),
        }),
      } satisfies AiSdkToolLike,
    ]),
  );
}
