import { afterEach, describe, expect, test } from 'vitest';
import { createOfflineAssistant } from '../../src/offline-assistant.ts';
import { now, openThread, speak } from './speak.ts';
import { JOURNEYS } from './transcripts.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

describe('journeys without a model', () => {
  test.each(JOURNEYS)('$name', { timeout: 60_000 }, async (journey) => {
    const thread = await openThread(journey, (studio) => createOfflineAssistant({ studio, now }));
    opened.push(thread.studio);
    const told = await speak(thread, journey.lines);
    expect(told.flatMap((t) => t.errors.map((e) => `${t.say}: ${e}`))).toEqual([]);
    expect(told.map((t) => [t.say, t.shows])).toEqual(journey.lines.map((l) => [l.say, [...l.shows]]));
    journey.lines.forEach((line, i) => {
      if (line.tells) expect(told[i]?.text, line.say).toMatch(line.tells);
      for (const rule of line.suggests ?? []) expect(told[i]?.suggests, line.say).toContain(rule);
    });
  });
});
