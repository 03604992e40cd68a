import { afterEach, describe, expect, test } from 'vitest';
import { createAnthropicAssistant } from '../../src/server/index.ts';
import { type FakeTurn, startFakeAnthropic } from '../../src/testing/fake-anthropic.ts';
import { now, openThread, speak } from './speak.ts';
import { JOURNEYS, type Line } from './transcripts.ts';

const KEY = 'sk-ant-canary-journeys-0123456789';
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

/** What a model does for a line, scripted by hand: its calls one after the other, then a sentence. */
const scriptOf = (line: Line): FakeTurn[] => [
  ...(line.calls ?? []).map(([name, input]): FakeTurn => ({ content: [{ type: 'tool_use', name, input }] })),
  { content: [{ type: 'text', text: 'Done.' }] },
];

/** Queries come from the typed answer of the model's own request; the offline assistant stands in for it here. */
const isQuery = (body: Readonly<Record<string, unknown>>): boolean => body['output_config'] !== undefined;

describe('the same journeys through the Claude loop, with scripted replies', () => {
  test.each(JOURNEYS)('$name', { timeout: 60_000 }, async (journey) => {
    const spoken = journey.lines.filter((l) => l.say !== 'approve');
    // A question waits for approval in the middle of its turn, so its closing sentence is never asked for.
    const script = spoken.flatMap((l) => {
      const turns = scriptOf(l);
      const asks = l.calls?.some(([name]) => name.startsWith('deploy_'));
      return asks ? turns.slice(0, -1) : turns;
    });
    const fake = await startFakeAnthropic(
      script.map((t): FakeTurn => ({ ...t, when: (r) => !isQuery(r.body) })),
      { canaries: [KEY] },
    );
    // Every request for a typed answer is refused, so that the query is the offline one, labelled as such.
    for (let i = 0; i < 12; i++)
      fake.push({
        when: (r) => isQuery(r.body),
        content: [],
        stop_reason: 'refusal',
        stop_details: { type: 'refusal', category: null, explanation: null },
      });
    const thread = await openThread(journey, (studio) =>
      createAnthropicAssistant({ studio, apiKey: KEY, baseURL: fake.url, maxRetries: 0, smokeRun: false, now }),
    );
    opened.push(thread.studio, fake);
    const told = await speak(thread, journey.lines);
    expect(told.flatMap((t) => t.errors.map((e) => `${t.say}: ${e}`))).toEqual([]);
    expect(told.map((t) => [t.say, t.shows])).toEqual(journey.lines.map((l) => [l.say, [...l.shows]]));
    const chats = fake.requests.filter((r) => !isQuery(r.body));
    expect(chats).toHaveLength(script.length);
    journey.lines.forEach((line, i) => {
      for (const rule of line.suggests ?? []) expect(told[i]?.suggests, line.say).toContain(rule);
    });
    expect(JSON.stringify(told)).not.toContain(KEY);
  });
});
