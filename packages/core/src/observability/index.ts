export { alertName, alertRuleName } from './alert-name.ts';
export { type AlertRule, type AlertRules, alertRules, type RuleGroup, type RuleOptions } from './alert-rules.ts';
export { type AlertmanagerConfig, type AlertmanagerOptions, alertmanagerConfig } from './alertmanager-config.ts';
export { conditionToPromql, type PromqlCondition } from './condition-to-promql.ts';
export { type DashboardOptions, dashboardFor, type PanelRequest } from './dashboard.ts';
export { metricLegend, metricPromql, type PromqlStyle, quantilePromql } from './metric-promql.ts';
export type { QueryShape } from './metric-shape.ts';
export { labelName, type MetricTarget, promDuration, prometheusName, slugOf } from './prometheus-name.ts';
