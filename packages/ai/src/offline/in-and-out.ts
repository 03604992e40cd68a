import type { ColumnRef } from './column-facts.ts';
import type { Lexicon } from './lexicon.ts';
import { only } from './only.ts';
import { streamColumns } from './schema-columns.ts';
import { stem } from './stem.ts';

const OUT = '(?:(?:leave|left|leaving|went|gone?|goes|going|flow(?:s|ed)?|sent|exit(?:s|ed)?|depart(?:s|ed)?)(?: out| away)?|out)';
const IN = '(?:(?:come|came|coming|comes|enter(?:s|ed)?|arriv(?:e|es|ed)|return(?:s|ed)?|went|flow(?:s|ed)?|received)(?: in| back)?|in)';
const BALANCE = new RegExp(
  String.raw`\b(?:(?:where|when|with|did) )?(?:there (?:is|are|was|were) )?(more|fewer|less) ([a-z]+) (?:(${OUT}) than ${IN}|${IN} than ${OUT})\b`,
  'gi',
);
const GIVES = 'wrote|write|written|sent|emitted|produced';
const TAKES = 'read|received|consumed|took in';
const DONE = new RegExp(
  String.raw`\b(?:that |which )?(?:(${GIVES})|${TAKES}) (more|fewer|less) ([a-z]+) than (?:they|it) (?:${GIVES}|${TAKES})\b`,
  'gi',
);
const TOTAL = new RegExp(String.raw`\b(?:total )?([a-z]+) (?:(${GIVES})|${TAKES})(?= (?:per|by|each|every)\b)`, 'gi');

/** `more bees left than came back`, `wrote fewer rows than they read`, `rows written per pipeline`: of bees_in and bees_out, rows_in and rows_out. */
export function inAndOut(prompt: string, lexicon: Lexicon): string {
  if (!/\b(?:than|per|by|each|every)\b/i.test(prompt)) return prompt;
  const side = (name: 'in' | 'out', noun: string): ColumnRef | undefined =>
    only(
      streamColumns(lexicon).filter(
        (c) => c.kind === 'number' && !c.isId && c.words.includes(name) && c.words.some((w) => stem(w) === stem(noun)),
      ),
    );
  const both = (noun: string, isOut: boolean): readonly [named: string, other: string] | undefined => {
    const [into, out] = [side('in', noun)?.name, side('out', noun)?.name];
    return into === undefined || out === undefined ? undefined : isOut ? [out, into] : [into, out];
  };
  const compared = (found: ReturnType<typeof both>, how: string): string | undefined =>
    found && `where ${found[0]} is ${/^more$/i.test(how) ? 'over' : 'under'} ${found[1]}`;
  return prompt
    .replace(BALANCE, (said: string, how: string, noun: string, out?: string) => {
      const told = compared(both(noun, out !== undefined), how);
      return told === undefined ? said : `rows ${told}`;
    })
    .replace(
      DONE,
      (said: string, out: string | undefined, how: string, noun: string) => compared(both(noun, out !== undefined), how) ?? said,
    )
    .replace(TOTAL, (said: string, noun: string, out?: string) => {
      const found = both(noun, out !== undefined);
      return found ? `total ${found[0]}` : said;
    });
}
