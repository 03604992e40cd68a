import { syntaxProblem } from '../../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../../diagnostics/define-codes.ts';
import type { AlertAnnotation, AnnotationCondition, VizHint } from '../annotations.ts';
import { parseDuration } from '../interval.ts';
import { readCondition } from './condition.ts';
import type { Entry } from './entries.ts';

type Draft = { -readonly [K in keyof AlertAnnotation]?: AlertAnnotation[K] } & { readonly entry: Entry; conditionFailed: boolean };

const SEVERITIES: ReadonlySet<string> = new Set(['critical', 'warning', 'info']);
const MS_BY_UNIT: Readonly<Record<string, number>> = {
  MILLISECOND: 1,
  SECOND: 1000,
  MINUTE: 60_000,
  HOUR: 3_600_000,
  DAY: 86_400_000,
  WEEK: 604_800_000,
};
const TEXTS: Readonly<Record<string, 'channel' | 'name' | 'summary' | 'description' | 'message'>> = {
  alert_channel: 'channel',
  alert_name: 'name',
  alert_summary: 'summary',
  alert_description: 'description',
  alert_message: 'message',
};

/** Reads `@alert` blocks. `@alert: name` alone is a name and wants `@alert_condition`; anything else is the condition itself. */
export function readAlerts(entries: readonly Entry[], report: (problem: Problem, entry: Entry) => void): AlertAnnotation[] {
  const drafts: Draft[] = [];
  for (const entry of entries) {
    if (entry.name === 'alert') {
      drafts.push(openAlert(entry, (p) => report(p, entry)));
      continue;
    }
    const current = drafts.at(-1);
    if (current?.entry.statement === entry.statement) addLine(current, entry, (p) => report(p, entry));
    else report({ ...syntaxProblem('VS1052', entry.span, { annotation: entry.name, opener: 'alert' }), severity: 'warning' }, entry);
  }
  return drafts.flatMap((draft) => closeAlert(draft, report));
}

function openAlert(entry: Entry, report: (problem: Problem) => void): Draft {
  if (/^[\p{L}_][\p{L}\p{Nd}_.-]*$/u.test(entry.value)) return { entry, name: entry.value, conditionFailed: false };
  if (entry.value === '') return { entry, conditionFailed: false };
  return withCondition({ entry, conditionFailed: false }, readCondition(entry, report));
}

const withCondition = (draft: Draft, condition: AnnotationCondition | undefined): Draft =>
  condition ? { ...draft, condition } : { ...draft, conditionFailed: true };

function addLine(draft: Draft, entry: Entry, report: (problem: Problem) => void): void {
  const { name, value, valueSpan } = entry;
  const wrong = (expected: string): void => report(syntaxProblem('VS1055', valueSpan, { annotation: name, value, expected }));
  const text = TEXTS[name];
  if (text) {
    draft[text] = value;
    return;
  }
  if (name === 'alert_condition') {
    Object.assign(draft, withCondition(draft, readCondition(entry, report)));
  } else if (name === 'alert_severity') {
    if (SEVERITIES.has(value.toLowerCase())) draft.severity = value.toLowerCase() as AlertAnnotation['severity'];
    else wrong('critical, warning or info');
  } else {
    const duration = parseDuration(value);
    const unitMs = duration && MS_BY_UNIT[duration.unit];
    if (duration && unitMs !== undefined && duration.value >= 0) draft.forMs = duration.value * unitMs;
    else wrong('a duration such as 5m');
  }
}

function closeAlert(draft: Draft, report: (problem: Problem, entry: Entry) => void): AlertAnnotation[] {
  const { entry, condition, conditionFailed, severity, forMs, ...texts } = draft;
  if (!condition) {
    const problem = 'it is missing';
    if (!conditionFailed) report(syntaxProblem('VS1054', entry.span, { annotation: 'alert', problem }), entry);
    return [];
  }
  return [{ ...texts, condition, severity: severity ?? 'warning', forMs: forMs ?? 0, statement: entry.statement, span: entry.span }];
}

/** Reads `@viz` blocks; `@viz_title` and its kin without a `@viz` before them make a hint of type `auto`. */
export function readVizHints(entries: readonly Entry[]): VizHint[] {
  const hints: { -readonly [K in keyof VizHint]: VizHint[K] }[] = [];
  for (const { name, value, statement, span } of entries) {
    let current = hints.at(-1);
    if (name === 'viz' || current?.statement !== statement) {
      current = { type: name === 'viz' && value !== '' ? value.toLowerCase() : 'auto', statement, span };
      hints.push(current);
    }
    if (name === 'viz_title') current.title = value;
    else if (name === 'viz_x_axis') current.xAxis = value;
    else if (name === 'viz_y_axis') current.yAxis = value;
  }
  return hints;
}
