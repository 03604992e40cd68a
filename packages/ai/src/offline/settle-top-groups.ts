import { plainWord, type Scan } from './frame.ts';

const EACH = /^(per|each|every)$/;

/** Where `per desk`, `in each country` begins, read backwards from its column. */
function leadOf(scan: Scan, at: number): number | undefined {
  for (let i = at; i > at - 3; i--)
    if (EACH.test(plainWord(scan, i - 1))) {
      const word = plainWord(scan, i - 1);
      const isLed = word !== 'per' && /^(in|of|for|at|on|by|from|within)$/.test(plainWord(scan, i - 2));
      return isLed ? i - 2 : i - 1;
    }
  return undefined;
}

/**
 * `top 3 symbols per desk`: a list of its own for each group is no single query here, where `LIMIT` counts the rows of a window. Asks for
 * one list over all groups, or for all of it.
 */
export function settleTopGroups(scan: Scan): void {
  const { frame, input, tokens } = scan;
  const { top } = frame;
  const columns = frame.dimensions.filter((d) => d.kind === 'column');
  const group = columns.find((d) => leadOf(scan, d.at) !== undefined);
  const ranked = columns.find((d) => leadOf(scan, d.at) === undefined)?.ref ?? frame.entity?.ref;
  if (!top || !ranked || !group || ranked === group.ref || frame.clarify) return;
  const from = tokens[leadOf(scan, group.at) as number];
  const last = tokens[group.at];
  if (!from || !last) return;
  const rest = `${input.slice(0, from.start).trimEnd()}${input.slice(last.end)}`.trim();
  frame.clarify = {
    question: `A list of its own for each ${group.ref.name} is not something one query here can rank. What would do instead?`,
    options: [
      { label: `one list over all of ${group.ref.name}`, prompt: rest },
      { label: `one value of ${group.ref.name}`, prompt: `${rest} where ${group.ref.name} is ` },
    ],
  };
}
