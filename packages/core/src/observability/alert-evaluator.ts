import type { AlertInfo } from '../protocol/studio/app.ts';
import type { ActiveAlert } from '../protocol/studio/deployment.ts';
import type { AnnotationCondition } from '../sql/syntax/annotations.ts';
import type { Column, Field } from '../values/column.ts';
import { scalarAt } from '../values/column-read.ts';
import { Op, type RecordBatch } from '../values/record-batch.ts';
import { labelValue } from './exposition.ts';
import { numberOf } from './metric-recorder.ts';
import { labelName } from './prometheus-name.ts';
import { type RowCondition, rowCondition } from './row-context.ts';

export interface EvaluatedAlert {
  readonly info: AlertInfo;
  readonly condition: AnnotationCondition;
}

export interface EvaluatorOptions {
  /** Output columns that tell one alert from another of the same name: the group keys. */
  readonly labels: readonly string[];
  readonly now: () => number;
  /** A label set that has not been seen for so long is forgotten; ten minutes by default. */
  readonly staleAfterMs?: number;
  readonly onWarning?: (text: string) => void;
}

/** Evaluates alerts on every output record, without Prometheus. */
export interface AlertEvaluator {
  evaluate(batch: RecordBatch): void;
  /** Pending and firing now, the longest first. */
  active(): readonly ActiveAlert[];
  /** How often each alert began to fire. */
  fired(): ReadonlyMap<string, number>;
}

const ACTIVE_MAX = 1000;
const STALE_MS = 600_000;

interface State {
  readonly labels: Readonly<Record<string, string>>;
  since: number;
  seenAt: number;
  value: number | undefined;
  firing: boolean;
}

/** Alerts begin when a record fulfils the condition, fire after their `for`, and end with a record of the same labels that does not. */
export function createAlertEvaluator(
  alerts: readonly EvaluatedAlert[],
  fields: readonly Field[],
  options: EvaluatorOptions,
): AlertEvaluator {
  const { now, staleAfterMs = STALE_MS, onWarning = () => {} } = options;
  const columns = options.labels.flatMap((name) => {
    const at = fields.findIndex((field) => field.name === name);
    return at < 0 ? [] : [{ label: labelName(name), at }];
  });
  const rules = alerts.flatMap((alert) => {
    const { test, problem } = rowCondition(alert.condition.expression, alert.condition.text, fields);
    if (test === undefined) onWarning(`alert "${alert.info.name}" is not evaluated: ${problem}`);
    return test === undefined ? [] : [{ ...alert, test, measured: measuredColumn(alert, fields), states: new Map<string, State>() }];
  });
  const counts = new Map<string, number>();
  const settle = (info: AlertInfo, state: State, at: number): void => {
    if (state.firing || at - state.since < info.forMs) return;
    state.firing = true;
    counts.set(info.name, (counts.get(info.name) ?? 0) + 1);
  };
  return {
    evaluate(batch) {
      const at = now();
      for (let row = 0; row < batch.length; row++) {
        const op = batch.ops?.[row] ?? Op.insert;
        if (op === Op.updateBefore) continue;
        const labels: Record<string, string> = {};
        for (const { label, at: column } of columns) labels[label] = labelValue(scalarAt(batch.columns[column] as Column, row));
        const key = columns.map(({ label }) => labels[label]).join('\u0001');
        for (const rule of rules) {
          if (op === Op.delete || !holds(rule.test, batch, row)) {
            rule.states.delete(key);
            continue;
          }
          const state = rule.states.get(key) ?? open(rule.states, key, labels, at);
          if (state === null) continue;
          state.seenAt = at;
          state.value = rule.measured(batch, row);
          settle(rule.info, state, at);
        }
      }
    },
    active() {
      const at = now();
      const found: ActiveAlert[] = [];
      for (const { info, states } of rules) {
        for (const [key, state] of states) {
          if (at - state.seenAt > Math.max(staleAfterMs, 2 * info.forMs)) {
            states.delete(key);
            continue;
          }
          settle(info, state, at);
          const { labels, since, value, firing } = state;
          const base = { name: info.name, severity: info.severity, since, condition: info.condition, labels };
          found.push({ ...base, state: firing ? 'firing' : 'pending', ...(value === undefined ? {} : { value }) });
        }
      }
      return found.sort((a, b) => a.since - b.since);
    },
    fired: () => counts,
  };
}

const holds = (test: RowCondition, batch: RecordBatch, row: number): boolean => test(batch, row);

function open(states: Map<string, State>, key: string, labels: Readonly<Record<string, string>>, at: number): State | null {
  if (states.size >= ACTIVE_MAX) return null;
  const state: State = { labels, since: at, seenAt: at, value: undefined, firing: false };
  states.set(key, state);
  return state;
}

/** The first column that the condition names and that is a number. */
function measuredColumn({ condition }: EvaluatedAlert, fields: readonly Field[]): (batch: RecordBatch, row: number) => number | undefined {
  const names = new Set(condition.text.match(/[\p{L}_][\p{L}\p{Nd}_]*/gu) ?? []);
  const at = fields.findIndex((field) => names.has(field.name) && ['integer', 'float', 'decimal'].includes(field.type.kind));
  const field = fields[at];
  if (field === undefined) return () => undefined;
  return (batch, row) => {
    const value = scalarAt(batch.columns[at] as Column, row);
    return value === null ? undefined : numberOf(value, field.type);
  };
}
