import { type AppStatement, type BoundApp, bindApp } from '../apps/bind-app.ts';
import { slugOf } from '../observability/prometheus-name.ts';
import type { AppInput } from '../protocol/studio/app.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { provideAllBuilders } from '../sql/plan/build/all-builders.ts';
import { planScript } from '../sql/plan/plan-script.ts';
import { contentHash } from './plan-hash.ts';

/** What decides whether a job may go on from the state of another. */
export interface JobShape {
  readonly queryId: string;
  readonly job: string;
  /** Equal for plans whose operators keep the same state; undefined: the query has an error. */
  readonly fingerprint: string | undefined;
  /** Whether its operators keep anything between records. */
  readonly isStateful: boolean;
  /** Output columns with their types. */
  readonly output: readonly string[];
}

/** Name of the job of a query: `<deployment>_<query id>`. */
export const jobName = (deployment: string, queryId: string): string => `${slugOf(deployment)}_${queryId}`;

const STATEFUL: ReadonlySet<string> = new Set([
  'aggregate',
  'window-rows',
  'over',
  'join',
  'temporal-join',
  'distinct',
  'sort',
  'limit',
  'top-n',
  'rank',
]);

export function shapesOf(name: string, app: AppInput, schemas: Readonly<Record<string, TableSchema>>, bound?: BoundApp): JobShape[] {
  const whole = bound ?? bindApp(app.queries, schemas);
  return whole.queries.map((query) => {
    const job = jobName(name, query.id);
    const plans = plansOf(query.statements);
    const fields = query.main?.bound?.query.fields ?? [];
    const output = fields.map((field) => `${field.name} ${JSON.stringify(field.type)}`);
    if (plans === undefined) return { queryId: query.id, job, fingerprint: undefined, isStateful: false, output };
    const text = plans.map((plan) => plan.fingerprint).join('\n');
    return { queryId: query.id, job, fingerprint: contentHash(text), isStateful: plans.some((plan) => keepsState(plan.root)), output };
  });
}

function plansOf(statements: readonly AppStatement[]) {
  const running = statements.map((s) => s.bound);
  if (running.length === 0 || running.some((bound) => bound === null)) return undefined;
  provideAllBuilders();
  const planned = planScript(
    running.flatMap((bound) =>
      bound === null
        ? []
        : [
            {
              query: bound.query,
              name: bound.kind === 'create' ? bound.name : null,
              isTable: bound.kind === 'create' && bound.object === 'table',
            },
          ],
    ),
  );
  const plans = planned.map((p) => p.plan);
  return plans.some((plan) => plan === null) ? undefined : plans.filter((plan) => plan !== null);
}

function keepsState(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && typeof node.kind === 'string' && STATEFUL.has(node.kind)) return true;
  const inputs = 'inputs' in node && Array.isArray(node.inputs) ? node.inputs : [];
  return ['input', 'left', 'right'].some((key) => keepsState((node as Record<string, unknown>)[key])) || inputs.some(keepsState);
}
