import { parse as parseYaml } from 'yaml';
import { testingError } from '../../diagnostics/codes/testing.ts';
import type { DataField, DataSchema, TimeSimulation } from '../../protocol/studio/testing.ts';
import type { Comment } from '../../sql/ast/index.ts';
import { readConstraints } from '../schema/read-constraints.ts';
import { readType } from '../schema/read-type.ts';

/** What `-- @data.` comments say about one source. */
export interface SourceHints {
  readonly seed?: number;
  readonly recordCount?: number;
  readonly timeSimulation?: TimeSimulation;
  apply(schema: DataSchema): DataSchema;
}

const GLOBAL = new Set(['source', 'record_count', 'seed', 'time_simulation', 'time_start', 'time_end']);
/** A first word of the short form that is a type or a constraint. */
const LEADS = new Set([
  'enum',
  'range',
  'timestamp',
  'uuid',
  'sequential',
  'pattern',
  'references',
  'derived',
  'string',
  'integer',
  'float',
  'boolean',
  'date',
]);

/**
 * Reads `-- @data.*` comments. A hint without `@data.source` before it belongs to the only source.
 *
 * @throws {VeloError} `data-schema` for a missing colon, lists that are none, ranges without two numbers.
 */
export function readHints(
  comments: readonly Comment[],
  sources: readonly string[],
  warn: (text: string) => void,
): Record<string, SourceHints> {
  const found = new Map<string, { globals: Map<string, string>; fields: Map<string, Record<string, unknown>> }>();
  let current = sources.length === 1 ? sources[0] : undefined;
  for (const { text } of comments) {
    const line = /^\s*@data\.(.*)$/.exec(text)?.[1];
    if (line === undefined) continue;
    const at = line.indexOf(':');
    if (at < 0) throw bad(line, 'a colon is missing');
    const key = line.slice(0, at).trim();
    const value = line.slice(at + 1).trim();
    if (key === 'source') {
      current = value.replace(/^["']|["']$/g, '');
      continue;
    }
    if (current === undefined) {
      if (!GLOBAL.has(key) && sources.length > 1) throw bad(key, 'say which source it belongs to with @data.source');
      if (sources[0] === undefined) continue;
    }
    const name = current ?? (sources[0] as string);
    const hints = found.get(name) ?? { globals: new Map(), fields: new Map() };
    found.set(name, hints);
    if (GLOBAL.has(key)) hints.globals.set(key, value);
    else readFieldHint(key, value, hints.fields);
  }
  return Object.fromEntries([...found].map(([name, { globals, fields }]) => [name, hintsOf(name, globals, fields, warn)]));
}

const bad = (what: string, problem: string) => testingError('VS5401', { what: `@data.${what}`, problem });

function readFieldHint(key: string, value: string, fields: Map<string, Record<string, unknown>>): void {
  const dot = key.lastIndexOf('.');
  const property = dot > 0 ? key.slice(dot + 1) : undefined;
  const name = dot > 0 ? key.slice(0, dot) : key;
  const field = fields.get(name) ?? {};
  fields.set(name, field);
  if (property !== undefined) field[property] = scalarOf(value, property);
  else for (const [k, v] of shortForm(name, value)) field[k] = v;
}

/** `range [1, 2], distribution: normal` → pairs. Commas inside brackets do not part. */
function shortForm(name: string, value: string): [string, unknown][] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const c of value) {
    if (c === '[') depth++;
    if (c === ']') depth--;
    if (c === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += c;
  }
  parts.push(part);
  return parts.map((text, i): [string, unknown] => {
    const lead = /^\s*([a-z_]+)\s*(?:\(|\[|$)/i.exec(text)?.[1]?.toLowerCase();
    if (i === 0 && lead !== undefined && LEADS.has(lead)) {
      const rest = text.trim().slice(lead.length).trim();
      if (rest.startsWith('[')) return [lead, scalarOf(rest, lead)];
      return lead === 'sequential' ? ['sequential', true] : ['type', text.trim()];
    }
    const colon = text.indexOf(':');
    if (colon < 0) {
      if (i === 0) return ['type', text.trim()];
      throw bad(name, `"${text.trim()}" has no colon`);
    }
    const key = text.slice(0, colon).trim();
    return [key, scalarOf(text.slice(colon + 1).trim(), key)];
  });
}

function scalarOf(text: string, key: string): unknown {
  if (!text.startsWith('[')) return /^(true|false)$/.test(text) ? text === 'true' : text.replace(/^["'](.*)["']$/, '$1');
  let list: unknown;
  try {
    list = parseYaml(text) as unknown;
  } catch {
    throw bad(key, `"${text}" is no list`);
  }
  const items = Array.isArray(list) ? (list as unknown[]) : [];
  if (key === 'range' && (items.length !== 2 || items.some((x) => typeof x !== 'number'))) throw bad(key, 'a range has two numbers');
  if (key === 'weights' && items.some((x) => typeof x !== 'number')) throw bad(key, 'weights are numbers');
  return items;
}

function hintsOf(
  name: string,
  globals: ReadonlyMap<string, string>,
  fields: ReadonlyMap<string, Record<string, unknown>>,
  warn: (text: string) => void,
): SourceHints {
  const count = Number(globals.get('record_count'));
  const seed = Number(globals.get('seed'));
  const mode = globals.get('time_simulation');
  const start = globals.get('time_start');
  const end = globals.get('time_end');
  const isTimed = mode !== undefined || start !== undefined || end !== undefined;
  return {
    ...(globals.has('record_count') && Number.isFinite(count) ? { recordCount: count } : {}),
    ...(globals.has('seed') && Number.isFinite(seed) ? { seed } : {}),
    ...(isTimed
      ? {
          timeSimulation: {
            sequential: mode !== 'random',
            ...(start === undefined ? {} : { start_time: start }),
            ...(end === undefined ? {} : { end_time: end }),
          },
        }
      : {}),
    apply(schema) {
      const made = [...fields].map(([field, hint]) => fieldOf(field, hint, schema, warn));
      const known = schema.fields.map((f) => made.find((m) => m.name === f.name) ?? f);
      const added = made.filter((m) => !schema.fields.some((f) => f.name === m.name));
      return {
        ...schema,
        name,
        ...(globals.has('record_count') && Number.isFinite(count) ? { recordCount: count } : {}),
        fields: [...known, ...added],
        // A hint of a key wins over what the JOIN suggests.
        ...(schema.relationships ? { relationships: schema.relationships.filter((r) => !fields.has(r.field)) } : {}),
      };
    },
  };
}

function fieldOf(name: string, hint: Record<string, unknown>, schema: DataSchema, warn: (text: string) => void): DataField {
  const { type: written, nullable, null_probability: share, ...constraints } = hint;
  const implied = 'enum' in hint ? 'string' : 'range' in hint ? 'float' : 'sequential' in hint ? 'timestamp' : undefined;
  const word = written ?? implied ?? schema.fields.find((f) => f.name === name)?.type;
  const read = word === undefined ? undefined : readType(word);
  if (!read) throw bad(name, word === undefined ? 'it needs a type' : `"${String(word)}" is no type`);
  const report = {
    fatal: (problem: string): never => {
      throw bad(name, problem);
    },
    warn,
  };
  const made = readConstraints(constraints, name, read.type, report);
  return {
    name,
    type: read.type,
    ...(read.scale === undefined ? {} : { scale: read.scale }),
    ...(nullable === undefined ? {} : { nullable: nullable === true || nullable === 'true' }),
    ...(share === undefined ? {} : { nullProbability: Number(share) }),
    ...(Object.keys(made).length > 0 ? { constraints: made } : {}),
  };
}
