import type { TableSchema } from '@velostream/core/protocol';
import type { App, AppUpdate } from '@velostream/core/protocol/deploy';
import { quoteName } from '../ir/quote.ts';
import { joinEdge } from '../offline/join-path.ts';
import { lexiconOf, singular } from '../offline/lexicon.ts';
import { splitName, stem } from '../offline/stem.ts';
import { translate } from '../offline/translate.ts';
import { headingOf } from '../tools/spell-name.ts';

export interface AppEdit {
  readonly action?: 'add_query' | 'modify_query' | 'remove_query' | undefined;
  readonly prompt?: string | undefined;
  readonly query_id?: string | undefined;
  readonly sql?: string | undefined;
  readonly name?: string | undefined;
  readonly schemas: Readonly<Record<string, TableSchema>>;
}

/** The query that words speak of. */
function queryNamed(app: App, words: string): App['queries'][number] | undefined {
  const said = new Set(splitName(words).map(stem));
  const scored = app.queries
    .map((q) => ({ q, hits: splitName(q.name).filter((w) => said.has(stem(w))).length / Math.max(1, splitName(q.name).length) }))
    .toSorted((a, b) => b.hits - a.hits)[0];
  return scored && scored.hits > 0 ? scored.q : undefined;
}

/** A change of an application in words, as updates of the app; none where it was not understood. */
export function editApp(app: App, edit: AppEdit): AppUpdate[] {
  const prompt = edit.prompt ?? '';
  const named = edit.query_id === undefined ? queryNamed(app, prompt) : app.queries.find((q) => q.id === edit.query_id);
  if (edit.sql !== undefined) {
    if (named && edit.action !== 'add_query')
      return [
        { action: 'modify_query', queryId: named.id, query: { sql: edit.sql, ...(edit.name === undefined ? {} : { name: edit.name }) } },
      ];
    return [{ action: 'add_query', query: { name: edit.name ?? `Query ${app.queries.length + 1}`, sql: edit.sql } }];
  }
  if (edit.action === 'remove_query' || /\b(remove|drop|delete|without)\b/i.test(prompt))
    return named ? [{ action: 'remove_query', queryId: named.id }] : [];
  const join =
    /\bjoin(?:s|ed)?\b.*?\b(?:with|to|and|against)\s+(?:the\s+)?["'`]?([\w.-]+)/i.exec(prompt) ??
    /\b(?:enrich|match|combine)\w*\b.*?\b(?:with|to|against)\s+(?:the\s+)?["'`]?([\w.-]+)/i.exec(prompt);
  if (join?.[1] !== undefined) return [joinQuery(app, join[1], edit)];
  if (
    named &&
    (edit.action === 'modify_query' ||
      /\b(make|change|set|use|only|filter|window|rename|alert|sort|group|limit|instead|also)\b/i.test(prompt))
  ) {
    const changed = translate({
      prompt: prompt.replace(new RegExp(`\\b(?:the|in|of|for)?\\s*${named.name}\\b(?: query)?`, 'i'), ' '),
      schemas: { ...appSchemas(app), ...edit.schemas },
      previousSql: named.sql,
    });
    if (changed.kind === 'sql') return [{ action: 'modify_query', queryId: named.id, query: { sql: changed.sql } }];
  }
  const asked = prompt.replace(
    /^\s*(please\s+)?(also\s+)?add\s+(an?\s+|another\s+)?(query|queries)?\s*(that|which|to|for|showing|with)?\s*/i,
    '',
  );
  const made = translate({ prompt: asked, schemas: { ...appSchemas(app), ...edit.schemas } });
  if (made.kind !== 'sql') return [];
  const name = headingOf(asked).slice(0, 48).trim() || `Query ${app.queries.length + 1}`;
  const sink = asked
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return [{ action: 'add_query', query: { name, sql: withCounter(made.sql, `${sink.replaceAll('-', '_')}_count`), sink } }];
}

const withCounter = (sql: string, metric: string): string =>
  /^\s*--\s*@metric/m.test(sql) ? sql : `-- @metric: ${/^\d/.test(metric) ? `m_${metric}` : metric}\n-- @metric_type: counter\n${sql}`;

/** Columns that the sources of an application have, as far as its graph tells. */
function appSchemas(app: App): Record<string, TableSchema> {
  const out: Record<string, TableSchema> = {};
  for (const node of app.topology.nodes) {
    if (node.type !== 'source' || !node.columns || node.columns.length === 0) continue;
    out[node.label] = {
      columns: node.columns.map((name) => ({ name, type: typeByName(name) })),
      ...(node.columns.some((c) => /time|timestamp|_at$|^ts$/.test(c))
        ? { eventTime: node.columns.find((c) => /time|timestamp|_at$|^ts$/.test(c)) as string }
        : {}),
    };
  }
  return out;
}

const typeByName = (name: string): string =>
  /time|timestamp|_at$|^ts$/.test(name)
    ? 'TIMESTAMP'
    : /price|amount|value|total|cost|rate|score|latency|duration/.test(name)
      ? 'FLOAT'
      : /quantity|count|volume|code|size/.test(name)
        ? 'INTEGER'
        : 'STRING';

function joinQuery(app: App, word: string, edit: AppEdit): AppUpdate {
  const schemas = { ...appSchemas(app), ...edit.schemas };
  const names = Object.keys(schemas);
  const plain = (text: string): string => splitName(text).map(stem).join(' ');
  const right =
    names.find((n) => plain(n) === plain(word)) ?? names.find((n) => plain(n).includes(plain(word))) ?? word.replace(/[.,;]$/, '');
  const sources = [...new Set(app.queries.flatMap((q) => q.sources))].filter((s) => !app.queries.some((q) => q.sink === s));
  const said = (edit.prompt ?? '').toLowerCase();
  const left =
    sources.find((s) => said.includes(s.toLowerCase()) && s !== right) ?? sources.find((s) => s !== right) ?? sources[0] ?? 'events';
  const lexicon = lexiconOf(schemas);
  const a = lexicon.table(left);
  const b = lexicon.table(right);
  const edge = a && b ? joinEdge(a, b) : undefined;
  const key =
    edge?.left.name ??
    a?.columns.find((c) => c.name === `${singular(right)}_id`)?.name ??
    a?.columns.find((c) => c.isId || c.kind === 'text')?.name ??
    'id';
  const leftColumns = a ? a.columns.map((c) => c.name) : [key];
  const rightColumns = b ? b.columns.filter((c) => !leftColumns.includes(c.name)).map((c) => c.name) : [];
  const items = [
    ...leftColumns.map((c) => `l.${quoteName(c)} AS ${quoteName(c)}`),
    ...rightColumns.map((c) => `r.${quoteName(c)} AS ${quoteName(c)}`),
  ];
  const within = b?.isTable ? '' : " WITHIN INTERVAL '5' MINUTE";
  const noun = (text: string): string => headingOf(singular(text));
  const slug = `${singular(left)}-${singular(right)}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const metric = `${slug.replaceAll('-', '_')}_matches`;
  const sql = `-- @metric: ${metric}\n-- @metric_type: counter\nSELECT ${items.join(', ')}\nFROM ${quoteName(left)} l\nJOIN ${quoteName(right)} r ON l.${quoteName(key)} = r.${quoteName(edge?.right.name ?? key)}${within}\nEMIT CHANGES`;
  return {
    action: 'add_query',
    query: {
      name: `${noun(left)}-${noun(right)} Enrichment`,
      description: `${headingOf(left)} with the ${right} they belong to.`,
      sql,
      sink: `${slug}-enriched`,
    },
  };
}
