import type { ArtifactKind } from '@velostream/core/protocol';
import type { ReactNode } from 'react';
import type { ChatPart } from '../../chat/chat-state.ts';
import { Icon } from '../controls/Icon.tsx';
import { StateChip } from '../controls/StateChip.tsx';
import { KIND_ICONS } from '../kind-icons.ts';

export interface ToolCardProps {
  readonly part: Pick<Extract<ChatPart, { kind: 'tool' }>, 'title' | 'status' | 'artifact' | 'message'>;
  /** Its artifact is on the stage. */
  readonly isShown?: boolean | undefined;
  /** Puts the artifact on the stage; left out where there is none. */
  readonly onShow?: (() => void) | undefined;
}

const WORDS = { running: 'running', done: 'done', failed: 'failed' } as const;

/** What a tool did, in one line; pressing it shows the result. */
export function ToolCard({ part, isShown, onShow }: ToolCardProps): ReactNode {
  const { title, status, artifact, message } = part;
  const icon = artifact ? KIND_ICONS[artifact.kind as ArtifactKind] : 'dot';
  const state = artifact && status === 'done' ? artifact.state : status;
  const content = (
    <>
      <Icon name={icon} />
      <span className="velo-tool-title">{artifact?.title ?? title}</span>
      {state === 'done' ? (
        <span className="velo-tool-done">
          <Icon name="check" />
          <span data-visually-hidden="">done</span>
        </span>
      ) : (
        <StateChip state={status === 'running' ? 'waiting' : state}>{status === 'done' && artifact ? state : WORDS[status]}</StateChip>
      )}
    </>
  );
  return (
    <div className="velo-tool" data-status={status} data-shown={isShown ? '' : undefined}>
      {artifact && onShow ? (
        <button type="button" className="velo-tool-line" aria-pressed={isShown ?? false} onClick={onShow}>
          {content}
        </button>
      ) : (
        <div className="velo-tool-line">{content}</div>
      )}
      {message !== undefined && status === 'failed' && <p className="velo-tool-message">{message}</p>}
    </div>
  );
}
