import { createStudio } from '@velostream/core';
import { datagen } from '@velostream/core/connect';
import type { Assistant, ChatEvent } from '@velostream/core/protocol/assist';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { artifactsOf, textOfEvents, turn } from '../../src/testing/thread.fixture.ts';
import { type Holding, NOW, outsideSystem } from './systems.ts';
import type { Journey, Line } from './transcripts.ts';

export interface Told {
  readonly say: string;
  readonly shows: readonly string[];
  readonly suggests: readonly string[];
  /** Everything a person reads in this turn: sentences and what the artifacts hold. */
  readonly text: string;
  readonly errors: readonly string[];
}

export interface Thread {
  readonly studio: Studio;
  readonly session: Session;
  readonly assistant: Assistant;
  readonly holdings: Record<string, Readonly<Record<string, Holding>>>;
}

/** A studio over the systems of a journey, with one thread in it. */
export async function openThread(journey: Pick<Journey, 'systems'>, make: (studio: Studio) => Assistant): Promise<Thread> {
  const holdings: Record<string, Readonly<Record<string, Holding>>> = { ...journey.systems };
  const studio = createStudio({
    assistant: make,
    connectors: [
      datagen(),
      outsideSystem('kafka', 'kafka', 'topic', () => holdings['kafka'] ?? {}),
      outsideSystem('file', 'file', 'file', () => holdings['file'] ?? {}),
      outsideSystem('s3', 's3', 'object', () => holdings['s3'] ?? {}),
      outsideSystem('postgres', 'postgres', 'table', () => holdings['postgres'] ?? {}),
    ],
  });
  const session = await studio.sessions.create({ name: 'thread' });
  return { studio, session, assistant: studio.assistant as Assistant, holdings };
}

export const now = (): number => NOW;

/** Says the lines in order and keeps what each of them brought. */
export async function speak(thread: Thread, lines: readonly Line[]): Promise<Told[]> {
  const told: Told[] = [];
  let approvalId = '';
  for (const { say, before } of lines) {
    before?.(thread.holdings);
    const events: readonly ChatEvent[] = await turn(
      thread.assistant,
      thread.session,
      say === 'approve' ? '' : say,
      say === 'approve' ? [{ approvalId, approved: true }] : undefined,
    );
    for (const e of events) if (e.type === 'approval_required') approvalId = e.approval.approvalId;
    const shown = events.flatMap((e) => (e.type === 'tool_result' && e.artifact ? [e.artifact] : []));
    const suggestions = events.flatMap((e) => (e.type === 'suggestions' ? e.items : []));
    told.push({
      say,
      shows: artifactsOf(events),
      suggests: suggestions.map((s) => s.ruleId),
      text: [
        textOfEvents(events),
        ...suggestions.map((s) => s.message),
        ...shown.map((a) => (a.kind === 'sql-editor' ? a.data.sql : JSON.stringify(a.data, bigints))),
      ].join('\n'),
      errors: [
        ...events.flatMap((e) => (e.type === 'error' ? [e.error.message] : [])),
        ...events.flatMap((e) => (e.type === 'tool_result' && !e.ok ? [e.message ?? 'failed'] : [])),
      ],
    });
  }
  return told;
}

const bigints = (_key: string, v: unknown): unknown => (typeof v === 'bigint' ? v.toString() : v);
