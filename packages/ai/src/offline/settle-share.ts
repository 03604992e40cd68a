import { type Aggregate, type Filter, isAdditive, type Scan } from './frame.ts';
import { rowNoun } from './meaning.ts';
import { type Found, findPattern, matchAt, use, wordsIn } from './pattern.ts';
import { pickTable } from './pick.ts';

const SHARE = 'percentage|percent|pct|%|share|fraction|proportion|portion';

/** The part stands behind these words, the whole right after them: `what part of the trades are buys`. */
const LEADING = [`what|which|how? many|much? the? ${SHARE} of?`, 'what|which part|parts of', 'how much of the|our|all|total'];
/** The part stands before these words, the whole behind them: `failed runs as a fraction of all runs`. */
const TRAILING = [
  `as|in a|an|the? ${SHARE} of|among|to the|all|our? `,
  'out of the|all|every',
  'relative to the|all|total',
  'compared|in with|to|relation to? all|total',
];
/** Where the part begins, once the whole has been named. */
const VERB =
  'that|which|who|with|where|are|is|was|were|have|has|had|got|gets|get|comes|come|came|goes|go|went|come|falls|fall|from|by|being|were|not|did|do|does';

/**
 * A share that no reader has found, from what was read: conditions are told apart by where they stand. Asks where only a whole is named.
 */
export function settleShare(scan: Scan): void {
  const { frame, tokens } = scan;
  if (frame.measures.some((m) => m.kind !== 'aggregate') || frame.rowFunctions.length > 0 || frame.clarify || frame.alert) return;
  const trailing = firstOf(scan, TRAILING);
  const leading = trailing ? undefined : firstOf(scan, LEADING);
  const cue = trailing ?? leading;
  if (!cue) {
    askEach(scan);
    return;
  }
  const verb = leading ? verbBehind(scan, leading) : undefined;
  const isPart = (start: number): boolean => (trailing ? start < cue.start : start >= (verb ?? cue.end));
  const takeFrom = (accepts: (start: number) => boolean): Filter[] =>
    frame.spans.flatMap(({ start, filter }) => {
      if (!accepts(start)) return [];
      const at = frame.filters.indexOf(filter);
      if (at >= 0) frame.filters.splice(at, 1);
      else if (!takeComparison(scan, filter)) return [];
      return [filter];
    });
  const part = takeFrom(isPart);
  // "of the children wear the seatbelt, bus by bus": the one condition there is, whatever its verb.
  if (part.length === 0 && leading && frame.filters.length === 1) part.push(...takeFrom((start) => start >= leading.end));
  const counted = frame.measures.find((m) => m.kind === 'aggregate' && isPart(m.at) && m.only.length > 0);
  if (part.length === 0 && counted?.kind === 'aggregate') part.push(...counted.only);
  if (part.length === 0) {
    askPart(scan, cue);
    return;
  }
  const percent = wordsIn(tokens, cue).some((w) => /^(percentage|percent|pct|%)$/.test(w));
  const whole = wholeOf(scan, pickTable(scan.links.get(cue.end))?.table === scan.base.name);
  use(tokens, cue, 'ratio');
  frame.scores.push(0.85);
  frame.measures.push({ kind: 'ratio', at: cue.start, top: { ...whole, only: [...whole.only, ...part] }, bottom: whole, percent });
}

/** `share of each region in total requests`: a group beside the whole of all groups is no single query. */
function askEach(scan: Scan): void {
  if (
    !new RegExp(
      `\\b(?:${SHARE.replaceAll('%', '')}) (?:of|for) (?:each|every) [\\w ]+ (?:in|of|to) (?:the |all |our )*(?:total|all|overall|whole)\\b`,
      'i',
    ).test(scan.input)
  )
    return;
  const at = scan.tokens.findIndex((t) => 'word' in t && SHARE.split('|').includes(t.word));
  if (at >= 0) askPart(scan, { start: at, end: at + 1, slots: [] });
}

/** First of the patterns whose words nothing has explained. */
function firstOf(scan: Scan, patterns: readonly string[]): Found | undefined {
  for (const pattern of patterns) {
    const found = findPattern(scan.tokens, pattern.trim());
    if (found && found.end > found.start + 1) return found;
  }
  // "part of the readings with", where the sentence begins with it
  if (patterns === LEADING) {
    const part = matchAt(scan.tokens, 0, 'the? part of the|all|our');
    if (part) return part;
  }
  return undefined;
}

function verbBehind({ tokens }: Scan, { end }: Found): number | undefined {
  const verbs = new Set(VERB.split('|'));
  const at = tokens.findIndex((t, i) => i > end && 'word' in t && verbs.has(t.word));
  return at < 0 ? undefined : at;
}

/** Takes back a comparison that was read on its own, with the column that it compares. */
function takeComparison({ frame }: Scan, { any: [told] }: Filter): boolean {
  const at = frame.comparisons.findIndex((c) => c.subject.kind === 'column' && c.subject.operand === told?.left);
  if (at < 0) return false;
  frame.comparisons.splice(at, 1);
  const bare = frame.bare.findIndex((b) => b.operand === told?.left);
  if (bare >= 0) frame.bare.splice(bare, 1);
  return true;
}

/** What adds up to the whole: a number that was named, else rows. What was read of it stands no more for itself. */
function wholeOf({ frame }: Scan, isRows: boolean): Aggregate {
  if (isRows) {
    frame.measures.length = 0;
    frame.bare.length = 0;
    return { fn: 'COUNT', only: [] };
  }
  const at = frame.bare.findIndex((b) => isAdditive(b.operand));
  const [number] = at < 0 ? [] : frame.bare.splice(at, 1);
  const measure = frame.measures.find((m) => m.kind === 'aggregate');
  frame.measures.length = 0;
  if (number) return { fn: 'SUM', of: number.operand, only: [] };
  if (measure?.kind !== 'aggregate') return { fn: 'COUNT', only: [] };
  const { fn, of, distinct } = measure;
  return { fn, ...(of ? { of } : {}), ...(distinct ? { distinct } : {}), only: [] };
}

/** `the share of each region`: a part of the whole cannot stand beside its group; what can be told apart in rows can. */
function askPart(scan: Scan, cue: Found): void {
  const { base, frame } = scan;
  const word = wordsIn(scan.tokens, cue).find((w) => SHARE.split('|').includes(w)) ?? 'share';
  const rows = rowNoun(base);
  const parts = base.columns.flatMap((c) =>
    c.kind === 'boolean'
      ? [`${rows} where ${c.name} is true`]
      : (c.schema.values ?? []).slice(0, 1).map((v) => `${rows} where ${c.name} is ${v}`),
  );
  const group = frame.dimensions.find((d) => d.kind === 'column')?.ref;
  frame.clarify ??= {
    question: `A ${word} needs a part and a whole. Which part do you mean?`,
    options: [
      ...parts.slice(0, group ? 2 : 3).map((part) => ({ label: `${word} of ${part}`, prompt: `percentage of ${part}` })),
      ...(group ? [{ label: `${rows} by ${group.name}`, prompt: `count ${rows} by ${group.name}` }] : []),
    ],
  };
}
