import type { Expr } from '../../bind/expression.ts';
import { showAggregate, showExpr, showOver, showSortKey } from '../../bind/show-expression.ts';
import type { PlanNode, PlanWindow } from '../plan.ts';
import { durationText } from './duration-text.ts';
import { nodeLabel } from './node-label.ts';

/** A plan node in words: its name, and what there is to say of it, in order. */
export interface NodeDescription {
  readonly label: string;
  readonly details: readonly (readonly [name: string, value: string])[];
}

type Details = (readonly [string, string])[];

/** `changes` is told where rows update, because that is what surprises. */
export function describeNode(node: PlanNode): NodeDescription {
  const details = detailsOf(node);
  return { label: nodeLabel(node), details: node.changes === 'append' ? details : [...details, ['changes', node.changes]] };
}

function detailsOf(node: PlanNode): Details {
  switch (node.kind) {
    case 'scan':
      return [['relation', node.relation], ['columns', names(node.columns)], ...optional('filter', node.filter)];
    case 'values':
      return [['rows', String(node.rows.length)]];
    case 'watermark':
      return watermarkDetails(node);
    case 'filter':
      return [[node.clause, showExpr(node.predicate)]];
    case 'project':
      return [['items', projectItems(node)], ...optional('event-time', node.eventTime)];
    case 'aggregate':
      return aggregateDetails(node);
    case 'window-rows':
      return [...windowDetails(node.window), ...keysOf(node.keys), ['emit', node.emit], ...lateness(node)];
    case 'over':
      return [['calls', names(node.calls.map(showOver))]];
    case 'join':
    case 'table-join':
    case 'temporal-join':
      return joinDetails(node);
    case 'distinct':
      return [['max-rows', String(node.maxRows)], ...(node.windowEnd === null ? [] : [['per', 'window'] as const])];
    case 'sort':
      return [['by', names(node.keys.map(showSortKey))], ['scope', node.scope], ...limitDetails(node.limit)];
    case 'limit':
      return [...limitDetails(node), ...(node.scope === 'window' ? [['per', 'window'] as const] : [])];
    case 'top-n':
      return [
        ['by', names(node.keys.map(showSortKey))],
        ...limitDetails(node),
        ...(node.partitionBy.length === 0 ? [] : [['per', 'window'] as const]),
      ];
    case 'rank':
      return [
        ['fn', node.fn],
        ...(node.partitionBy.length === 0 ? [] : [['per', names(node.partitionBy.map((c) => node.input.fields[c]?.name ?? ''))] as const]),
        ['by', names(node.keys.map(showSortKey))],
        ['limit', String(node.count)],
        ['emit', node.emit],
      ];
    case 'union':
      return [];
  }
}

const names = (list: readonly string[]): string => `[${list.join(', ')}]`;
const optional = (name: string, e: Expr | null): Details => (e === null ? [] : [[name, showExpr(e)]]);
const keysOf = (keys: readonly Expr[]): Details => (keys.length === 0 ? [] : [['keys', names(keys.map(showExpr))]]);

function windowDetails(w: PlanWindow): Details {
  switch (w.kind) {
    case 'tumbling':
      return [['tumbling', durationText(w.sizeMs)]];
    case 'sliding':
      return [
        ['sliding', durationText(w.sizeMs)],
        ['advance', durationText(w.advanceMs)],
      ];
    case 'session':
      return [['session', durationText(w.gapMs)]];
  }
}

const lateness = (node: { readonly allowedLatenessMs: number; readonly late: string }): Details => [
  ...(node.allowedLatenessMs === 0 ? [] : ([['lateness', durationText(node.allowedLatenessMs)]] as const)),
  ...(node.late === 'drop' ? [] : ([['late', node.late]] as const)),
];

function watermarkDetails(node: Extract<PlanNode, { kind: 'watermark' }>): Details {
  const time: Details = node.time === null ? [] : [[node.time.kind === 'column' ? 'column' : 'time', showExpr(node.time)]];
  const idle: Details = node.idleTimeoutMs === null ? [] : [['idle', durationText(node.idleTimeoutMs)]];
  return [...time, ['delay', durationText(node.delayMs)], ...idle, ...(node.perRow ? ([['per', 'row']] as const) : [])];
}

/** `name`, or `name=expression` where the item is more than that column. */
const projectItems = (node: Extract<PlanNode, { kind: 'project' }>): string =>
  names(
    node.items.map((item, i) => {
      const text = showExpr(item);
      // Hidden columns are numbered, so that their names never clash.
      const name = (node.fields[i]?.name ?? '').replace(/\$\d+$/, '');
      return text === name ? name : `${name}=${text}`;
    }),
  );

function aggregateDetails(node: Extract<PlanNode, { kind: 'aggregate' }>): Details {
  return [
    ...(node.window === null ? [] : windowDetails(node.window)),
    ...keysOf(node.keys),
    ['aggregates', names(node.aggregates.map(showAggregate))],
    ['emit', node.emit],
    ...lateness(node),
    ...(node.maxGroups === null ? [] : ([['max-groups', String(node.maxGroups)]] as const)),
  ];
}

function joinDetails(node: Extract<PlanNode, { kind: 'join' | 'table-join' | 'temporal-join' }>): Details {
  const on: Details =
    node.keys.length === 0 ? [] : [['on', names(node.keys.map((key) => `${showExpr(key.left)} = ${showExpr(key.right)}`))]];
  const residual = optional('where', node.residual);
  const type = ['type', node.join] as const;
  if (node.kind === 'table-join') return [type, ['table', node.table], ['columns', names(node.tableColumns)], ...on, ...residual];
  if (node.kind === 'temporal-join') return [type, ...on, ...residual, ['as-of', showExpr(node.asOf)]];
  const grace: Details = node.graceMs === 0 ? [] : [['grace', durationText(node.graceMs)]];
  return [
    type,
    ...on,
    ...residual,
    ...matchDetails(node),
    ...optional('left-time', node.leftTime),
    ...optional('right-time', node.rightTime),
    ...grace,
  ];
}

function matchDetails(node: Extract<PlanNode, { kind: 'join' }>): Details {
  switch (node.match.kind) {
    case 'interval':
      return [['within', `[${durationText(node.match.lowerMs)}, ${durationText(node.match.upperMs)}]`]];
    case 'window':
      return windowDetails(node.match.window);
    case 'unbounded':
      return [['within', 'ever']];
  }
}

const limitDetails = (limit: { readonly count: number; readonly offset: number } | null): Details =>
  limit === null ? [] : [['limit', String(limit.count)], ...(limit.offset === 0 ? [] : ([['offset', String(limit.offset)]] as const))];
