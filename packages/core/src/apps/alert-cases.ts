import type { AlertCase } from '../observability/promtool-tests.ts';
import type { AppInput } from '../protocol/studio/app.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { alertsOfQuery, shapeOf } from './alerts-of.ts';
import { bindApp } from './bind-app.ts';
import { metricsOfQuery } from './metrics-of.ts';

/** The alerts of an application with what their queries offer, for rule tests and back-tests. */
export function alertCases(app: AppInput, schemas: Readonly<Record<string, TableSchema>> = {}): AlertCase[] {
  return bindApp(app.queries, schemas).queries.flatMap((query) => {
    const metrics = metricsOfQuery(query);
    const { alerts, synthesised } = alertsOfQuery(query, metrics);
    return query.parsed.annotations.alerts.flatMap((annotation, i) => {
      const info = alerts[i];
      const statement = query.statements.find((s) => s.index === annotation.statement);
      return info === undefined ? [] : [{ info, shape: shapeOf(query, statement, [...metrics, ...synthesised]) }];
    });
  });
}
