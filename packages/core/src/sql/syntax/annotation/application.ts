import type { Statement } from '../../ast/index.ts';
import type { ApplicationHeader, StatementInfo } from '../annotations.ts';
import type { Entry } from './entries.ts';
import { canonicalName, FILE_NAMES, JOB_NAMES } from './known-names.ts';
import { list } from './metric-blocks.ts';
import { relationsRead } from './relations-read.ts';

const empty = (): Record<string, string> => Object.create(null) as Record<string, string>;

/** The header of a file: `-- SQL Application:` lines before the first statement, and file annotations wherever they stand (last wins). */
export function readApplication(entries: readonly Entry[]): ApplicationHeader | undefined {
  const annotations = empty();
  const tags = empty();
  const header = new Map<string, string>();
  for (const { name, marked, value, statement } of entries) {
    if (marked && FILE_NAMES.has(name)) annotations[name] = value;
    else if (!marked && statement <= 0 && name === 'tag') {
      const [, key = '', text = ''] = /^([^:]*):?(.*)$/.exec(value) ?? [];
      if (key.trim() !== '') tags[key.trim()] = text.trim();
    } else if (!marked && statement <= 0 && name !== 'name' && name !== 'property') header.set(name, value);
  }
  if (header.size === 0 && Object.keys(annotations).length === 0 && Object.keys(tags).length === 0) return undefined;
  const { application, app, version, description, author, depends_on: dependsOn, ...further } = annotations;
  const name = header.get('sql application') ?? application ?? app;
  const about = header.get('description') ?? description;
  const by = header.get('author') ?? author;
  return {
    ...(name !== undefined && { name }),
    version: header.get('version') ?? version ?? '1.0.0',
    ...(about !== undefined && { description: about }),
    ...(by !== undefined && { author: by }),
    dependencies: list(header.get('dependencies') ?? dependsOn?.replace(/^\[(.*)\]$/, '$1') ?? ''),
    tags,
    annotations: Object.assign(empty(), further),
  };
}

const isName = (entry: Entry): boolean => entry.name === 'name' || (entry.marked && entry.name === 'job_name');
const isJob = (entry: Entry): boolean => entry.marked && JOB_NAMES.has(canonicalName(entry.name)) && !isName(entry);

/**
 * One entry a statement: id, name, what it reads, properties, job settings. Job annotations in the header of a file (before the first
 * statement's own name) are defaults for every statement.
 */
export function readStatements(statements: readonly Statement[], entries: readonly Entry[], hasHeader: boolean): StatementInfo[] {
  const first = entries.filter((entry) => entry.statement === 0);
  const named = first.findIndex(isName);
  const defaults = settings(named >= 0 ? first.slice(0, named) : hasHeader ? first : []);
  return statements.map((statement, index) => {
    const own = entries.filter((entry) => entry.statement === index);
    const name = own.findLast(isName)?.value ?? nameOf(statement);
    const properties = empty();
    for (const entry of own) {
      const pair = !entry.marked && entry.name === 'property' ? /^([^=]+)=(.*)$/.exec(entry.value) : null;
      if (pair) properties[(pair[1] as string).trim()] = (pair[2] as string).trim();
    }
    return {
      id: `stmt_${index}`,
      ...(name !== undefined && { name }),
      dependencies: relationsRead(statement),
      properties,
      job: Object.assign(empty(), defaults, settings(own)),
    };
  });
}

function settings(entries: readonly Entry[]): Record<string, string> {
  const found = empty();
  for (const entry of entries) if (isJob(entry)) found[canonicalName(entry.name)] = entry.value;
  return found;
}

function nameOf(statement: Statement): string | undefined {
  if (statement.kind === 'create' || statement.kind === 'job') return statement.name.text;
  return undefined;
}
