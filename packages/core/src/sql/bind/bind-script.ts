import { bindingProblem } from '../../diagnostics/codes/binding.ts';
import type { Problem } from '../../diagnostics/define-codes.ts';
import type { Statement, StatementBody } from '../ast/index.ts';
import type { Catalog, CatalogRelation } from '../catalog/catalog.ts';
import { assumedRelation, catalogOf, layeredCatalog } from '../catalog/create-catalog.ts';
import { bindWith } from './bind-statement.ts';
import { type BindOptions, noDemands } from './binder.ts';
import type { BoundStatement } from './bound.ts';
import { namesOf, type StatementNames } from './dependencies.ts';
import { outputRelation } from './output-relation.ts';
import { orderStatements } from './statement-order.ts';

export interface ScriptProblem extends Problem {
  /** 0-based index of the statement. */
  readonly statement: number;
}

export interface ScriptResult {
  /** By statement; null where it has an error. */
  readonly bound: readonly (BoundStatement | null)[];
  readonly problems: readonly ScriptProblem[];
  /** The given relations and those that the statements make. */
  readonly catalog: Catalog;
  /** Names that each statement reads and writes. */
  readonly dependencies: readonly StatementNames[];
  /** Indexes of the statements so that each stands behind those it reads. */
  readonly order: readonly number[];
}

const NOTHING: ReadonlySet<string> = new Set();

/** Binds a whole script: statements see what others of it make, wherever these stand in the file. */
export function bindScript(statements: readonly (Statement | StatementBody)[], options: BindOptions): ScriptResult {
  const dependencies = statements.map(namesOf);
  const makers = makersOf(statements, dependencies);
  const edges = dependencies.map((d) => d.reads.flatMap((name) => makers.get(name) ?? []));
  const { order, cycles } = orderStatements(edges);
  const problems: ScriptProblem[] = [...duplicates(statements, dependencies, options)];
  for (const cycle of cycles) problems.push(cycleProblem(statements, dependencies, cycle));
  const made = new Map<string, CatalogRelation>();
  const catalog = layeredCatalog(options.catalog ?? catalogOf([]), made);
  // Without a catalog an unknown name is no error; the relations of the script must be found all the same.
  const seen = options.catalog === null ? assuming(catalog) : catalog;
  const demands = noDemands();
  let results: ReturnType<typeof bindAll>;
  const script = { statements, dependencies, order, options: { ...options, catalog: seen } };
  let passes = 0;
  do {
    const before = countOf(demands.relations);
    made.clear();
    results = bindAll(script, made, demands);
    if (countOf(demands.relations) === before) break;
  } while (++passes < statements.length + 1);
  for (const [i, result] of results.entries()) for (const p of result.problems) problems.push({ ...p, statement: i });
  const broken = new Set(problems.filter((p) => p.severity === 'error').map((p) => p.statement));
  return { bound: results.map((r, i) => (broken.has(i) ? null : r.bound)), problems, catalog, dependencies, order };
}

const countOf = (map: ReadonlyMap<string, ReadonlySet<string>>): number => [...map.values()].reduce((n, names) => n + names.size, 0);

const assuming = (catalog: Catalog): Catalog => ({ ...catalog, find: (name) => catalog.find(name) ?? assumedRelation(name) });

/** The statements that fill a name: those that create it from a query, and those that write to it; of a declared one only the declaration. */
function makersOf(statements: readonly StatementBody[], dependencies: readonly StatementNames[]): Map<string, number[]> {
  const makers = new Map<string, number[]>();
  for (const [i, d] of dependencies.entries()) if (d.makes !== null && !makers.has(d.makes)) makers.set(d.makes, [i]);
  const declared = new Set([...makers].flatMap(([name, [i]]) => (createOf(statements[i as number]!)?.query === undefined ? [name] : [])));
  for (const [i, d] of dependencies.entries()) {
    for (const name of d.writes) {
      if (declared.has(name) || d.reads.includes(name)) continue;
      makers.set(name, [...(makers.get(name) ?? []), i]);
    }
  }
  return makers;
}

interface Script {
  readonly statements: readonly StatementBody[];
  readonly dependencies: readonly StatementNames[];
  readonly order: readonly number[];
  readonly options: BindOptions;
}

/** One pass over the statements, in order; `made` takes up what each makes. */
function bindAll(script: Script, made: Map<string, CatalogRelation>, demands: ReturnType<typeof noDemands>) {
  const results = script.statements.map(() => ({ bound: null as BoundStatement | null, problems: [] as readonly Problem[] }));
  for (const at of script.order) {
    const statement = script.statements[at]!;
    const { makes, writes } = script.dependencies[at]!;
    const extras = makes === null ? NOTHING : (demands.relations.get(makes) ?? NOTHING);
    const result = bindWith(statement, script.options, demands, extras);
    results[at] = { bound: result.bound, problems: result.problems };
    for (const name of new Set([...(makes === null ? [] : [makes]), ...writes])) {
      if (made.has(name) || (name !== makes && known(script.options, name))) continue;
      const relation = outputRelation(name, statement, result, known(script.options, name));
      if (relation !== undefined) made.set(name, relation);
    }
  }
  return results;
}

const known = (options: BindOptions, name: string): CatalogRelation | undefined => {
  const found = options.catalog?.find(name);
  return found?.origin === 'assumed' ? undefined : found;
};

/** Names that two statements create, jobs that two start, and names that hide one of the given catalog. */
function duplicates(statements: readonly StatementBody[], dependencies: readonly StatementNames[], options: BindOptions): ScriptProblem[] {
  const made = new Set<string>();
  const jobs = new Set<string>();
  const problems: ScriptProblem[] = [];
  for (const [i, statement] of statements.entries()) {
    if (statement.kind === 'job' && statement.action === 'START') {
      const { text: name, span } = statement.name;
      if (jobs.has(name)) problems.push({ ...bindingProblem('VS2007', span, { name }), statement: i });
      jobs.add(name);
    }
    const create = createOf(statement);
    const name = dependencies[i]!.makes;
    if (name === null || create === undefined) continue;
    const given = create.orReplace || create.ifNotExists;
    if (made.has(name) && !given) problems.push({ ...bindingProblem('VS2007', create.name.span, { name }), statement: i });
    else if (!made.has(name) && !given && create.query !== undefined && options.catalog?.find(name)?.origin === 'declared') {
      problems.push({ ...bindingProblem('VS2013', create.name.span, { name }), statement: i });
    }
    made.add(name);
  }
  return problems;
}

function createOf(statement: StatementBody): (StatementBody & { kind: 'create' }) | undefined {
  if (statement.kind === 'create') return statement;
  return statement.kind === 'job' && 'body' in statement ? createOf(statement.body) : undefined;
}

function cycleProblem(
  statements: readonly StatementBody[],
  dependencies: readonly StatementNames[],
  cycle: readonly number[],
): ScriptProblem {
  const path = cycle.map((i) => dependencies[i]!.makes ?? `statement ${i + 1}`);
  const at = cycle[0]!;
  const span = createOf(statements[at]!)?.name.span ?? statements[at]!.span;
  return { ...bindingProblem('VS2008', span, { path }), statement: at };
}
