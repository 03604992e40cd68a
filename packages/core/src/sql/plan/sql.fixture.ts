// Plans of SQL text over a small catalog, for tests that start where a user does.

import { bindScript } from '../bind/bind-script.ts';
import type { BoundQuery } from '../bind/bound.ts';
import { provideWholeLanguage } from '../bind/whole-language.ts';
import { createCatalog } from '../catalog/create-catalog.ts';
import { parse } from '../syntax/index.ts';
import { provideAllBuilders } from './build/all-builders.ts';
import type { PlanOptions } from './build/context.ts';
import { explainNode } from './explain-plan.ts';
import type { QueryPlan } from './plan.ts';
import { type Planned, planQuery } from './plan-query.ts';

provideWholeLanguage();
provideAllBuilders();

const columns = (...list: readonly string[]) =>
  list.map((text) => ({ name: text.split(' ')[0] as string, type: text.split(' ')[1] as string }));

export const CATALOG = createCatalog({
  trades: { columns: columns('symbol STRING', 'qty INTEGER', 'price FLOAT', 'ts TIMESTAMP'), eventTime: 'ts' },
  quotes: { columns: columns('symbol STRING', 'bid FLOAT', 'qts TIMESTAMP'), eventTime: 'qts' },
  clicks: { columns: columns('page STRING', 'user STRING', 'at TIMESTAMP', 'ms INTEGER') },
  views: { columns: columns('page STRING', 'user STRING', 'at TIMESTAMP') },
  rates: { kind: 'table', columns: columns('symbol STRING', 'rate FLOAT'), key: ['symbol'] },
  names: { kind: 'table', columns: columns('symbol STRING', 'name STRING'), key: ['symbol'] },
});

export function bound(sql: string): BoundQuery {
  const script = bindScript(parse(sql).statements, { sql, catalog: CATALOG });
  const statement = script.bound.at(-1);
  if (!statement || !('query' in statement)) throw new Error(script.problems.map((p) => `${p.code} ${p.message}`).join('\n') || 'no query');
  return statement.query;
}

export const planned = (sql: string, options: PlanOptions = {}): Planned => planQuery(bound(sql), options);

export function planOf(sql: string, options: PlanOptions = {}): QueryPlan {
  const { plan, problems } = planned(sql, options);
  if (plan === null) throw new Error(problems.map((p) => `${p.code} ${p.message}`).join('\n'));
  return plan;
}

export const lines = (sql: string, options: PlanOptions = {}): string[] => explainNode(planOf(sql, options).root).split('\n');
export const codes = (sql: string, options: PlanOptions = {}): string[] => planned(sql, options).problems.map((p) => p.code);
