import { stringify } from 'yaml';
import type { AlertInfo } from '../protocol/studio/app.ts';
import { alertRuleName } from './alert-name.ts';
import { channelName } from './channel-name.ts';
import { promDuration, slugOf } from './prometheus-name.ts';

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly AlertRule[];
}

export interface RuleOptions {
  /** Name of the application; the group is `<pipeline>-alerts`. */
  readonly pipeline: string;
  /** Adds a rule per alert that fires when its metric is missing altogether; a broken job is otherwise silent. */
  readonly absentAfterMs?: number;
  readonly dashboardUrl?: string;
  readonly runbookUrl?: string;
  readonly team?: string;
}

export interface AlertRules {
  readonly groups: readonly RuleGroup[];
  /** The rule file. */
  readonly yaml: string;
  /** Alerts that no rule can express, with the reason; they are evaluated on output records alone. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** Prometheus alerting rules of an application. Rules of one name are told apart by their query. */
export function alertRules(alerts: readonly AlertInfo[], options: RuleOptions): AlertRules {
  const pipeline = slugOf(options.pipeline);
  const withRule = alerts.filter((alert) => alert.promql !== undefined);
  const rules = withRule.flatMap((alert) => [ruleOf(alert, pipeline, options), ...absentRule(alert, pipeline, options)]);
  const groups = rules.length === 0 ? [] : [{ name: `${pipeline}-alerts`, rules }];
  const leftOut = alerts
    .filter((alert) => alert.promql === undefined)
    .map(({ name, promqlProblem }) => ({ name, reason: promqlProblem ?? 'the condition has no expression in PromQL' }));
  return { groups, yaml: stringify({ groups }, { lineWidth: 0 }), leftOut };
}

function ruleOf(alert: AlertInfo, pipeline: string, options: RuleOptions): AlertRule {
  return {
    alert: alertRuleName(alert.name),
    expr: alert.promql as string,
    ...(alert.forMs > 0 ? { for: promDuration(alert.forMs) } : {}),
    labels: labelsOf(alert, pipeline, options),
    annotations: {
      summary: literal(alert.summary ?? `${alert.name}: ${alert.condition}`),
      description: `${literal(alert.description ?? `${alert.condition} in ${alert.query ?? pipeline}`)} (value {{ $value }}, labels {{ $labels }})`,
      ...(options.runbookUrl === undefined ? {} : { runbook_url: options.runbookUrl }),
      ...(options.dashboardUrl === undefined ? {} : { dashboard_url: options.dashboardUrl }),
    },
  };
}

function labelsOf(alert: AlertInfo, pipeline: string, options: RuleOptions): Record<string, string> {
  return {
    severity: alert.severity,
    pipeline,
    ...(alert.query === undefined ? {} : { query: slugOf(alert.query) }),
    ...(alert.channel === undefined ? {} : { channel: channelName(alert.channel) }),
    ...(options.team === undefined ? {} : { team: options.team }),
  };
}

/** A user's text is no template, unless it is written as one: only `$labels` and `$value` are looked up. */
function literal(text: string): string {
  return text.replace(/\{\{(?!\s*\$(labels(\.[A-Za-z_]\w*)?|value)\s*\}\})/g, '{{ "{{" }}');
}

const METRIC = /\b(velo(?:stream)?_[a-zA-Z0-9_:]+)/;

function absentRule(alert: AlertInfo, pipeline: string, options: RuleOptions): AlertRule[] {
  const metric = METRIC.exec(alert.promql ?? '')?.[1];
  if (options.absentAfterMs === undefined || metric === undefined) return [];
  return [
    {
      alert: `${alertRuleName(alert.name)}NoData`,
      expr: `absent(${metric})`,
      for: promDuration(options.absentAfterMs),
      labels: { ...labelsOf(alert, pipeline, options), severity: 'warning' },
      annotations: {
        summary: `No data for ${literal(alert.name)}`,
        description: `${metric} has not been seen for ${promDuration(options.absentAfterMs)}: the alert cannot fire`,
      },
    },
  ];
}
