import type { Scan } from './frame.ts';
import { rowNoun } from './meaning.ts';
import { operandName } from './name-measure.ts';

const COMPARED =
  /\b(?:twice|double|triple|half|\d+(?:\.\d+)?\s*(?:times|x|%)|above|below|over|under|than|exceed\w*|beyond|near|around)\s+(?:(?:the|its|their|his|her|our|an|a|each|every|of)\s+)*(?:\w+['’]s\s+)?(?:own\s+|overall\s+|usual\s+|general\s+|daily\s+|hourly\s+|weekly\s+|running\s+)?(?:average|mean|median|norm)\b/i;
const DAYTIME = /\b(?:at|during|in|by|over) (?:the )?(night|night ?time|evenings?|mornings?|afternoons?|early hours|rush hour)\b/i;

/** What has to be asked although all the words were read: a value beside the average of all, a time of the day without its hours. */
export function settleOpen({ base, frame, input, tokens }: Scan): void {
  const number = frame.bare[0]?.operand ?? frame.measures.flatMap((m) => (m.kind === 'aggregate' && m.of ? [m.of] : []))[0];
  if (COMPARED.test(input) && frame.comparisons.length === 0 && number) {
    const name = operandName(number);
    frame.clarify ??= {
      question: `The average of all ${rowNoun(base)} rows is not known while they come. What shall ${name} be compared with?`,
      options: [
        { label: 'a fixed value', prompt: `${rowNoun(base)} rows with ${name} over 100` },
        { label: 'the averages themselves', prompt: `average ${name}` },
        { label: 'the row before', prompt: `${name} compared with the previous row` },
      ],
    };
  }
  const time = DAYTIME.exec(input)?.[1]?.toLowerCase();
  const token = time === undefined ? undefined : tokens.find((t) => t.t === 'word' && t.used === undefined && time.startsWith(t.word));
  if (time === undefined || !token) return;
  frame.clarify ??= {
    question: `From when to when is "${time}"?`,
    options: [{ label: `by hour of the day`, prompt: `${input.replace(DAYTIME, '').trim()} by hour of the day` }],
  };
}
