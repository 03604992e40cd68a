import { redactForModel } from '../guard/redact.ts';
import { renderUntrusted, untrusted } from '../guard/untrusted.ts';
import type { Tool, ToolOutcome } from './tool.ts';

/** What a model is told of a result: small, without secrets, and fenced where others wrote it. The whole stays in the artifact. */
export function modelText(tool: Tool, outcome: ToolOutcome, nonce: string): string {
  const clean = redactForModel(outcome.output);
  const id = outcome.artifact
    ? { artifact: { kind: outcome.artifact.kind, id: outcome.artifact.id, version: outcome.artifact.version } }
    : {};
  if (outcome.untrusted)
    return `${renderUntrusted(untrusted(clean), { source: `tool:${tool.name}`, nonce, maxChars: tool.maxOutputBytes })}\n${JSON.stringify(id)}`;
  const text = JSON.stringify({ ...(clean as object), ...id });
  return text.length > tool.maxOutputBytes ? `${text.slice(0, tool.maxOutputBytes)}…(cut)` : text;
}
