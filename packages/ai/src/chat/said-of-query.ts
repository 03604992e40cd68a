import type { ChartKind } from '@velostream/core/protocol';

/** What a sentence wants done with the query in hand, beside what it asks of the data. */
export type QueryAct =
  | {
      readonly kind: 'chart';
      readonly chart: ChartKind /** The question that the chart is of; the query in hand without one. */;
      readonly asks?: string;
    }
  | { readonly kind: 'undo' }
  | { readonly kind: 'rename'; readonly title: string }
  | { readonly kind: 'beside-before'; readonly unit?: string };

const ASKED = "(?:(?:please|now|ok(?:ay)?,?|and|then|no,?|can you|could you|would you|let[’']?s)\\s+)*";
const END = '(?:\\s+(?:please|now|again))?\\s*[.!?]*\\s*$';

const CHARTS: readonly (readonly [words: RegExp, chart: ChartKind])[] = [
  [/^(?:bars?|columns?|histograms?)$/i, 'bar'],
  [/^(?:lines?|curves?)$/i, 'line'],
  [/^areas?$/i, 'area'],
  [/^(?:pies?|donuts?|doughnuts?)$/i, 'pie'],
  [/^gauges?$/i, 'gauge'],
  [/^(?:heat ?maps?)$/i, 'heatmap'],
  [/^(?:scatter|scatter ?plots?|points|dots)$/i, 'scatter'],
  [/^tables?$/i, 'table'],
];
const FORM =
  '(bars?|columns?|histograms?|lines?|curves?|areas?|pies?|donuts?|doughnuts?|gauges?|heat ?maps?|scatter(?: ?plots?)?|points|dots|tables?)(?:[ -](?:charts?|graphs?|plots?|diagrams?|view))?';
const AS_FORM = new RegExp(`^(.*?)[\\s,]*\\b(?:as|into|to)\\s+(?:an?\\s+|the\\s+)?${FORM}(?:\\s+instead)?${END}`, 'i');
const CHART_ALONE = new RegExp(
  `^\\s*${ASKED}(?:(?:use|draw|plot|show|make|give|i(?:'d like| want| would like)?)\\s+)?(?:me\\s+|it\\s+|this\\s+|that\\s+)*(?:an?\\s+|the\\s+)?${FORM}(\\s+instead)?${END}`,
  'i',
);
/** Words that only say that something be drawn, and of what is shown already. */
const OF_THE_SHOWN =
  /^(?:\s|please|now|and|ok(?:ay)?|then|can|could|would|you|show|draw|plot|display|make|turn|change|switch|render|view|see|put|give|have|chart|graph|visuali[sz]e|visuali[sz]ation|diagram|me|it|this|that|them|the|these|those|results?|rows|query|data|from|i|want|like|to|back|same|let|['’]s|,)*$/i;

/** `as a line chart`, `show it as bars`, `volume per symbol as a pie chart`. */
function chartIn(text: string): QueryAct | undefined {
  const [, before = '', form] = AS_FORM.exec(text) ?? [];
  const alone = form === undefined ? CHART_ALONE.exec(text) : null;
  const named =
    form ??
    (alone &&
    (/\b(?:chart|graph|plot|diagram)\b/i.test(text) ||
      alone[2] !== undefined ||
      /\b(?:use|draw|plot|make)\b/i.test(text) ||
      /^\s*\w+s?[.!?]*\s*$/.test(text))
      ? alone[1]
      : undefined);
  const chart = CHARTS.find(([words]) => named !== undefined && words.test(named))?.[1];
  if (chart === undefined) return undefined;
  if (OF_THE_SHOWN.test(before)) return { kind: 'chart', chart };
  // "change the window to …" is about no chart, and "save it as a table" makes one.
  if (!/\bas\s+(?:an?\s+|the\s+)?[\w -]+$/i.test(text.replace(/[.!?\s]+$/, '')) || /^\s*(?:save|store|write|create|export)\b/i.test(text))
    return undefined;
  return { kind: 'chart', chart, asks: before.trim() };
}

const UNDO = new RegExp(
  `^\\s*${ASKED}(?:undo|revert|go back|step back|take (?:it|that|this) back|put it back|restore)(?:\\s+(?:it|that|this|to|the|my|a|one|last|previous|change|changes|edit|step|version|query|one|before))*${END}`,
  'i',
);
const RENAME = new RegExp(
  `^\\s*${ASKED}(?:(?:rename|retitle|title)\\s+(?:it|this|that|(?:the|this|my)\\s+(?:query|cell|chart|result|app|application))|(?:call|name)\\s+(?:the|this|my)\\s+(?:query|cell|chart|app|application))(?:\\s+(?:to|as|into))?\\s+["'“‘]?(.+?)["'”’]?\\s*[.!]*\\s*$`,
  'i',
);
const UNIT = '(second|minute|hour|day|week|month|window|period)';
const BESIDE_BEFORE = new RegExp(
  `^\\s*${ASKED}(?:compare|show|put|give)\\b.{0,30}?\\b(?:(?:this|each|every|the (?:current|last|latest))\\s+${UNIT}|it|this|that|them|these|those)\\b\\s*(?:with|to|against|and|beside|next to|versus|vs\\.?|over)\\s+(?:the\\s+|its\\s+)?(?:(?:one|${UNIT})\\s+before(?:\\s+(?:it|that))?|(?:previous|last|prior|preceding)\\s+(?:one|${UNIT}))${END}`,
  'i',
);

/** What is to be done with the query in hand, in whole sentences only: what also names data is a question. */
export function saidOfQuery(text: string): QueryAct | undefined {
  if (UNDO.test(text)) return { kind: 'undo' };
  const title = RENAME.exec(text)?.[1];
  if (title !== undefined) return { kind: 'rename', title };
  const beside = BESIDE_BEFORE.exec(text);
  const unit = beside?.slice(1).find((word) => word !== undefined && !/^(?:window|period)$/i.test(word));
  if (beside) return { kind: 'beside-before', ...(unit === undefined ? {} : { unit: unit.toLowerCase() }) };
  return chartIn(text);
}
