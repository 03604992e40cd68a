import { MessagePrimitive } from '@assistant-ui/react';
import type { Approval } from '@velostream/core/protocol/assist';
import type { ChatPart } from '@velostream/react';
import { ApprovalCard, OptionChips, ToolCard } from '@velostream/react/ui';
import type { ReactNode } from 'react';
import { useChatPlace } from './chat-context.ts';
import { Folded } from './Folded.tsx';
import { PlainText } from './PlainText.tsx';
import { shownText } from './pressed.ts';

type PartOf<K extends ChatPart['kind']> = Extract<ChatPart, { kind: K }>;

const Text = ({ text }: { readonly text: string }): ReactNode => <PlainText text={text} />;

/** A tool in one line; pressing it puts its artifact on the stage. */
function Tool({ artifact }: { readonly artifact?: unknown }): ReactNode {
  const { shownId, onShow } = useChatPlace();
  // Tools of our messages carry their part as assistant-ui's artifact (see to-thread-message).
  const part = artifact as PartOf<'tool'>;
  const id = part.artifact?.id;
  return <ToolCard part={part} isShown={id !== undefined && id === shownId} {...(id === undefined ? {} : { onShow: () => onShow(id) })} />;
}

function ApprovalPart({ data }: { readonly data: unknown }): ReactNode {
  const { chat } = useChatPlace();
  const { approval, answer, answered } = data as PartOf<'approval'>;
  const { approve } = chat;
  return (
    <ApprovalCard
      approval={approval as Approval}
      answer={answer}
      answered={answered}
      onAnswer={approve ? (yes) => approve(approval.approvalId, yes) : null}
    />
  );
}

function OptionsPart({ data }: { readonly data: unknown }): ReactNode {
  const { chat } = useChatPlace();
  const { question, options } = data as PartOf<'options'>;
  return <OptionChips question={question} options={options} onChoose={chat.send} />;
}

const NoticePart = ({ data }: { readonly data: unknown }): ReactNode => (
  <p className="velo-note" data-tone="warning">
    {(data as PartOf<'notice'>).message}
  </p>
);

const ErrorPart = ({ data }: { readonly data: unknown }): ReactNode => (
  <p className="velo-note" data-tone="negative" role="alert">
    {(data as { message: string }).message}
  </p>
);

const PARTS = {
  Text,
  tools: { Fallback: Tool },
  data: { by_name: { approval: ApprovalPart, options: OptionsPart, notice: NoticePart, error: ErrorPart } },
} as const;

/** What somebody said; what a button said for them stands as words, not as the call that it is. */
function Said({ text }: { readonly text: string }): ReactNode {
  const [, tool, input = ''] = /^\/([a-z]+(?:_[a-z]+)*) \{(.*)\}$/s.exec(text) ?? [];
  if (tool === undefined)
    return (
      <Folded>
        <PlainText text={shownText(text)} />
      </Folded>
    );
  return (
    <p>
      {tool.replaceAll('_', ' ')} <span className="velo-muted">{input.replace(/["{}[\]]/g, '').replaceAll(':', ' ')}</span>
    </p>
  );
}

export const UserMessage = (): ReactNode => (
  <MessagePrimitive.Root className="studio-message" data-role="user">
    <span data-visually-hidden="">You</span>
    <MessagePrimitive.Parts components={{ Text: Said }} />
  </MessagePrimitive.Root>
);

export const AssistantMessage = (): ReactNode => (
  <MessagePrimitive.Root className="studio-message" data-role="assistant">
    <span data-visually-hidden="">Studio</span>
    <MessagePrimitive.Parts components={PARTS as never} />
  </MessagePrimitive.Root>
);
