import type { ThreadMessageLike } from '@assistant-ui/react';
import type { ChatTurn } from '@velostream/react';

type ChatPart = ChatTurn['parts'][number];
type Part = Exclude<ThreadMessageLike['content'], string>[number];

/** A turn of ours as assistant-ui wants its messages: tools carry their artifact, everything else that is not text travels as data. */
export function toThreadMessage(turn: ChatTurn): ThreadMessageLike {
  const content = turn.parts
    .filter((part, i) => !isSaidAgain(turn, part, i))
    .map((part): Part => {
      switch (part.kind) {
        case 'text':
          return { type: 'text', text: part.text };
        case 'tool':
          return {
            type: 'tool-call',
            toolCallId: part.callId,
            toolName: part.tool,
            args: {},
            artifact: part,
            ...(part.status === 'running' ? {} : { result: part.status, isError: part.status === 'failed' }),
          };
        default:
          return { type: 'data', name: part.kind, data: part };
      }
    });
  const error: Part[] = turn.error ? [{ type: 'data', name: 'error', data: turn.error }] : [];
  return { id: turn.id, role: turn.role, content: [...content, ...error] };
}

/**
 * An artifact that a later tool of the turn brought anew has one card, the last; what an approval asks stands in its card, and the
 * tool that waits for it is not called done.
 */
function isSaidAgain({ parts }: ChatTurn, part: ChatPart, at: number): boolean {
  if (part.kind === 'tool' && part.artifact) {
    const { id } = part.artifact;
    return parts.slice(at + 1).some((later) => later.kind === 'tool' && later.artifact?.id === id);
  }
  if (part.kind === 'tool') return part.status === 'done' && parts[at + 1]?.kind === 'approval';
  return (
    part.kind === 'text' && parts.some((other) => other.kind === 'approval' && part.text.trim() === `${other.approval.summary} Shall I?`)
  );
}
