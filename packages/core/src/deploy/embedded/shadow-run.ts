import { type BoundApp, bindApp } from '../../apps/bind-app.ts';
import type { ConnectorDefinition } from '../../connect/connector.ts';
import type { EngineOptions, SourceInput } from '../../engine/api.ts';
import { createEngine } from '../../engine/create-engine.ts';
import type { ShadowRun } from '../../protocol/studio/deployment.ts';
import type { Statement } from '../../sql/ast/index.ts';
import { printStatement } from '../../sql/syntax/index.ts';
import type { DeploySubject } from '../subject.ts';
import { ShadowCompare } from './shadow-compare.ts';

export interface ShadowOptions {
  /** Percent of the keys that are compared; all by default. */
  readonly share?: number;
  readonly connectors?: readonly ConnectorDefinition[];
  readonly engine?: Pick<
    EngineOptions,
    'compat' | 'decimals' | 'divisionByZero' | 'missingFields' | 'codegen' | 'changes' | 'limits' | 'network'
  >;
}

export type { ShadowRun };

/**
 * Runs a new version of an application beside the old one, both reading the same sources and writing nothing, and compares what they put out:
 * by key where the output has one, else as a multiset. Promote the new version by deploying it once the differences are none, or explained.
 */
export function shadowRun(old: DeploySubject, next: DeploySubject, options: ShadowOptions = {}): ShadowRun {
  const sides = [
    { side: 'old' as const, subject: old, app: bindApp(old.app.queries, old.schemas ?? {}) },
    { side: 'new' as const, subject: next, app: bindApp(next.app.queries, next.schemas ?? {}) },
  ];
  const compares = new Map<string, ShadowCompare>();
  const engines = sides.map(({ subject, app, side }) => {
    const engine = createEngine({
      ...options.engine,
      connectors: options.connectors ?? [],
      sources: (subject.sources ?? {}) as Record<string, SourceInput>,
    });
    const script = engine.script(silentScript(app));
    const reading = script.ready.then(() =>
      Promise.all(
        app.queries.map(async (query) => {
          const statement = query.main?.statement;
          if (statement?.kind !== 'create') return;
          const result = script.query(statement.name.text);
          await result.ready;
          const compare = compares.get(query.id) ?? new ShadowCompare(query.name, result.schema.key ?? [], options.share);
          compares.set(query.id, compare);
          for await (const row of result) compare.take(side, [row]);
        }),
      ),
    );
    return { engine, reading };
  });
  const shared = new Set((sides[0]?.app.queries ?? []).map((q) => q.id).filter((id) => sides[1]?.app.queries.some((q) => q.id === id)));
  return {
    compare: () => [...compares].filter(([id]) => shared.has(id)).map(([, compare]) => compare.compare()),
    done: Promise.all(engines.map(({ reading }) => reading)).then(() => {}),
    stop: async () => {
      await Promise.all(engines.map(({ engine }) => engine.close()));
    },
  };
}

/** The whole application as one script whose outputs go nowhere but to the reader. */
function silentScript(app: BoundApp): string {
  const silent = (statement: Statement): Statement => {
    if (statement.kind !== 'create' || statement.query === undefined) return statement;
    return {
      ...statement,
      query: { ...statement.query, into: [], properties: statement.query.properties.filter((p) => !/_sink$/.test(String(p.value))) },
    } as Statement;
  };
  return app.queries.flatMap((query) => query.statements.map((s) => `${printStatement(silent(s.statement))};`)).join('\n');
}
