import { mendSyntax } from '@velostream/core/sql';
import { editDistance } from '../offline/stem.ts';
import { call, type Intent, type Step, steps, type ThreadFacts } from './intent.ts';
import { saidOfData } from './said-of-data.ts';
import { saidOfQuery } from './said-of-query.ts';
import { HOW_IT_RUNS, RUNS_AS_JOBS, runsIn, smallTalk } from './small-talk.ts';
import { namedIn, sourceIn, withoutName } from './source-in.ts';

const URI = /\b([a-z][a-z0-9+.-]*:\/\/[^\s,;"'`)]+)/i;
const HOST = /\b(?:kafka|brokers?|cluster|redpanda)\b[^\n]*?\b(?:at|on|@)\s+([\w.-]+(?::\d+)?(?:,[\w.-]+:\d+)*)/i;
const PATH =
  /(?:^|\s)((?:\.{0,2}\/|~\/)[^\s,;"'`]+\.(?:csv|jsonl?|ndjson|parquet|avro|orc)[^\s,;"'`]*|(?:\.{0,2}\/)[^\s,;"'`]*\*[^\s,;"'`]*)/i;
const NAME = '["\'`]?([\\p{L}_][\\p{L}\\p{M}\\p{N}_.-]*)["\'`]?';

const SQL =
  /^\s*(?:```(?:sql)?\s*)?(?:--[^\n]*\n\s*)*(select\s+[\s\S]+\bfrom\b|select\s+\d|create\s+(?:or\s+replace\s+)?(?:stream|table)\s+[\s\S]*\b(?:as|with)\b|insert\s+into\s|with\s+\w+\s+as\s*\(|--\s*@)/i;

const STATEMENTS = ['SELECT', 'CREATE', 'INSERT', 'WITH'];

/** In capitals as SQL is, and SQL once misspelt words are mended; what lacks words is a sentence, not a slip. */
function isSlipped(text: string): boolean {
  const verb = /^\s*([A-Z]{3,})\s/.exec(text)?.[1];
  // Mending a whole sentence takes its time: only what begins like SQL is tried.
  if (verb === undefined || !STATEMENTS.some((word) => editDistance(verb, word, 2) <= 2)) return false;
  const words = (t: string): string[] => t.trim().split(/\s+/);
  const said = words(text);
  return mendSyntax(text).some(({ sql }) => {
    const mended = words(sql);
    return SQL.test(sql) && mended.length === said.length && said.every((word, i) => word === mended[i] || /^[A-Z]+$/.test(word));
  });
}

/** SQL that was pasted, without its fence. */
export function pastedSql(text: string): string | undefined {
  const fenced = /```(?:sql)?\s*([\s\S]+?)```/i.exec(text)?.[1];
  if (fenced !== undefined && SQL.test(fenced)) return fenced.trim();
  return SQL.test(text) || isSlipped(text) ? text.trim() : undefined;
}

/** `connect empty.csv`: a file that is called by its name, wherever it lies. */
const FILE =
  /^\s*(?:(?:please|now|can you|could you|i want to|let[’']?s|and|then)\s+)*(?:connect|use|open|add|attach|hook up|load|read|import)\s+(?:(?:to|up|in|the|a|an|my|this|that|from|with|file|data|called|named)\s+)*["'`“]?([\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*\.(?:csv|tsv|jsonl?|ndjson|parquet|avro|orc)(?:\.gz)?)["'`”]?(?=\s*[.!?]*\s*$|\s*[,;]|\s+(?:and|then|as|in|into|please)\b)/iu;

const optionsIn = (text: string): Readonly<Record<string, unknown>> => ({
  ...(/\b(mmap|memory.?map\w*|filemmap|large windows)\b/i.test(text) ? { options: { use_mmap: 'true' } } : {}),
  ...(/\bregion\s+(?:is\s+)?([a-z]{2}-[a-z]+-\d)\b/i.test(text)
    ? { options: { region: /\b([a-z]{2}-[a-z]+-\d)\b/i.exec(text)?.[1] } }
    : {}),
});

function connection(text: string, facts: ThreadFacts): Step | undefined {
  if (!/\b(connect|use|open|add|attach|hook|load|read|point|switch|reconnect)\b/i.test(text)) return undefined;
  const uri =
    URI.exec(text)?.[1]?.replace(/[.!?]+$/, '') ??
    (HOST.exec(text)?.[1] === undefined ? undefined : `kafka://${HOST.exec(text)?.[1]}`) ??
    (PATH.exec(text)?.[1] === undefined
      ? undefined
      : `file://${PATH.exec(text)?.[1]?.startsWith('/') ? '' : '/'}${PATH.exec(text)?.[1]?.replace(/^\.\//, '')}`);
  const file = uri === undefined ? FILE.exec(text)?.[1] : undefined;
  if (file !== undefined && facts.sources.some((name) => name.split('/').at(-1) === file)) return call('inspect_source', { source: file });
  if (file !== undefined) return call('connect_source', { uri: `file://${file}` });
  if (uri === undefined) return undefined;
  const format = /\b(?:as|format|in)\s+(json|jsonl|csv|parquet|avro|orc|protobuf)\b/i.exec(text)?.[1]?.toLowerCase();
  return call('connect_source', { uri, ...optionsIn(text), ...(format === undefined ? {} : { format }) });
}

const countIn = (text: string): number | undefined => {
  const found = /\b(\d{1,3}(?:,\d{3})+|\d+)\s*(k)?\b/i.exec(text.replace(URI, ''));
  return found?.[1] === undefined ? undefined : Number(found[1].replaceAll(',', '')) * (found[2] ? 1000 : 1);
};

/** Words that say how many rows of a source, and which end of it. Whatever else is said is a condition, and a query has to keep it. */
const OF_ROWS_ALONE =
  /^(?:[\s,.;:!?"'`“”’()-]|\b(?:please|can|could|would|you|i|we|want|need|like|to|let|lets|s|d|show|display|give|get|fetch|read|see|have|take|do|does|look|looks|peek|preview|head|tail|sample|samples|me|us|at|of|from|in|into|on|by|the|a|an|this|that|its|their|my|our|some|any|few|couple|handful|actual|raw|more|again|and|now|current|currently|just|only|what|is|are|there|for|last|latest|first|newest|most|recent|oldest|earliest|beginning|end|start|starting|messages?|rows?|records?|events?|entries|lines|examples?|data|values|topic|table|stream|source|file|partition|offset|number|\d[\d,]*k?)\b)*$/i;

function lookAround(text: string, facts: ThreadFacts): Step | undefined {
  const source = sourceIn(text, facts.sources);
  const named = new RegExp(
    `\\b(?:of|from|in|for|about|topic|table|stream|source|file)\\s+(?:the\\s+)?(?:topic\\s+|table\\s+|stream\\s+)?${NAME}`,
    'iu',
  ).exec(text)?.[1];
  const isAsking = /\b(by|per|where|average|total|count|every|above|below|top|group(ed)?|sum|max|min|rate)\b/i.test(
    text.replace(/\bby\s+(symbol|key)\b.*sort/i, ''),
  );
  if (
    /\b(what|which|list|show|see|display|are there)\b[^.]*\b(topics?|sources|streams|tables|files|datasets|collections)\b/i.test(text) &&
    !isAsking &&
    !(source !== undefined && /\b(schema|look|field|column|last|first|latest|message|row|record|sample)/i.test(text))
  ) {
    const filter = /\b(?:matching|like|named|starting with|containing)\s+["'`]?([\w*.-]+)/i.exec(text)?.[1];
    return call('list_sources', filter === undefined ? {} : { filter });
  }
  const target = source ?? named;
  const wantsSchema = /\b(schema|fields?|columns?|structure|look(s)? like|describe|inspect|what('s| is) in|shape of|data types?)\b/i.test(
    text,
  );
  const wantsRows =
    /\b(peek|preview|sample|samples|messages?|rows?|records?|events?|head|tail|examples?|(last|latest|first|newest|recent)\s+\d+|(?:some|any|a few|a couple of)(?=\s))\b/i.test(
      text,
    );
  if (/^\s*(?:describe|inspect)\s/i.test(text) || (wantsSchema && target !== undefined && !isAsking))
    return call('inspect_source', { source: target ?? text.trim().split(/\s+/).at(-1) ?? '' });
  if (
    target !== undefined &&
    wantsRows &&
    /\b(show|peek|preview|sample|see|give|display|last|latest|first|get|look|read|fetch|tail|head)\b/i.test(text) &&
    OF_ROWS_ALONE.test(withoutName(text, target))
  ) {
    const partition = /\bpartition\s+(\d+)/i.exec(text)?.[1];
    const offset = /\boffset\s+(\d+)/i.exec(text)?.[1];
    const limit = countIn(text.replace(/\b(partition|offset)\s+\d+/gi, '')) ?? 10;
    return call('peek_source', {
      source: target,
      limit: Math.min(200, Math.max(1, limit)),
      ...(offset === undefined
        ? /\b(first|oldest|beginning|earliest|head)\b/i.test(text)
          ? { from_end: false }
          : /\b(last|latest|newest|recent|tail|end)\b/i.test(text)
            ? { from_end: true }
            : {}
        : { start_offset: offset }),
      ...(partition === undefined ? {} : { partition: Number(partition) }),
    });
  }
  return undefined;
}

const RUN =
  /^\s*(please\s+|now\s+|ok(ay)?,?\s+|and\s+|let'?s\s+|can you\s+)*(run|execute|start|go)(\s+(it|this|that|the query|now|query))?\s*[.!?]*\s*$/i;

function testing(text: string, facts: ThreadFacts): Step | undefined {
  const isShort = text.trim().split(/\s+/).length <= 9;
  const amount = countIn(text);
  const records = amount === undefined ? {} : { records: Math.min(100_000, amount) };
  const seed = /\bseed\s+(\d+)/i.exec(text)?.[1];
  const more = { ...records, ...(seed === undefined ? {} : { seed: Number(seed) }) };
  if (
    /\b(generate|create|make|produce|give me)\b[^.]*\b(test|sample|fake|synthetic|mock|dummy|random|example)?\s*(data|records|rows|events)\b/i.test(
      text,
    ) &&
    !/\bapp|dashboard|pipeline\b/i.test(text)
  )
    return call('generate_data', more);
  if (!isShort) return undefined;
  if (
    /\b(test|tests)\b/i.test(text) &&
    (/\b(all|app|application|everything|whole)\b/i.test(text) || (facts.inHand === 'app' && !/\b(query|sql)\b/i.test(text)))
  )
    return call('test_app', more);
  if (
    /^\s*(please\s+|now\s+|ok(ay)?,?\s+|and\s+|let'?s\s+|can you\s+)*(run (the |a |some )?tests?|re-?test|re-?run (the )?tests?|test|check it|verify|try it)\b/i.test(
      text,
    )
  )
    return call('test_query', more);
  if (RUN.test(text)) return call('execute_query', {});
  return undefined;
}

/** One query, and not all of the thread. */
const THIS_QUERY =
  /\b(?:this|that|the|my|only|just)\s+(?:(?:one|last|latest|current|new|same|shown)\s+)?(?:query|statement|sql)\b|\b(?:only|just)\s+(?:this|that|it)\b|\b(?:this|that)\s+one\b/i;

function deployment(text: string, facts: ThreadFacts): Step | undefined {
  if (
    !/\b(deploy|ship it|go live|put (it|this) (live|in production)|productioni[sz]e|roll (it )?out|publish it|re-?deploy)\b/i.test(text) ||
    /\bhow (do|can|would)\b/i.test(text)
  )
    return undefined;
  const name = /\b(?:as|called|named)\s+["'`]?([\w][\w-]*)/i.exec(text)?.[1];
  const input = {
    ...(name === undefined ? {} : { name }),
    ...(/\bdashboard\b/i.test(text) ? { deploy_dashboard: !/\bwithout\b[^.]*dashboard/i.test(text) } : {}),
    ...(/\bwithout\b[^.]*alert/i.test(text) ? { deploy_alerts: false } : {}),
  };
  const isApp = /\b(app|application|all)\b/i.test(text) || (facts.inHand === 'app' && !/\b(query|pipeline|notebook|thread)\b/i.test(text));
  if (isApp && facts.hasApp) return call('deploy_app', input);
  return call('deploy_pipeline', facts.sql !== undefined && THIS_QUERY.test(text) ? { ...input, sql: facts.sql } : input);
}

/** `amount is transaction_amount`, `map user_id to customer_id`, `timestamp → event_time`. */
function mappingsIn(text: string): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const m of text.matchAll(
    /["'`]?\b([a-z_]\w*)["'`]?\s*(?:→|->|=>|=|\bis\b(?:\s+called)?|\bto\b|\bas\b|\bmaps? to\b)\s*["'`]?([a-z_]\w*)\b/gi,
  )) {
    const [, from, to] = m;
    if (
      from === undefined ||
      to === undefined ||
      /^(it|template|this|that|connect|adapt|use|customi[sz]e|apply|mapped|source|want|like|my|the|topic|and|here|name|which|what)$/i.test(
        from,
      ) ||
      /^(the|a|my|our|it|use|called|real)$/i.test(to)
    )
      continue;
    out[from] = to;
  }
  return out;
}

/** What calls no template: what is done with it, and words that stand for one. */
const NO_TEMPLATE =
  /^(?:use|apply|customi[sz]e|adapt|map|fit|put|show|open|get|view|see|look|tell|describe|details?|of|with|that|this|it|the|an?|me|my|at|about|please)$/i;

/** `the Fraud Detection template`, `template fraud-detection`. */
function templateNamed(text: string): string | undefined {
  const before = /\b["'`]?([a-z][\w -]*?)["'`]?\s+template\b/i.exec(text)?.[1]?.split(/\s+/) ?? [];
  const ahead = before.slice(before.findLastIndex((word) => NO_TEMPLATE.test(word)) + 1);
  if (ahead.length > 0) return ahead.join(' ');
  const behind =
    /\btemplate\s+(?:called\s+|named\s+)?["'`]?([a-z][\w-]*(?:\s+(?!with\b|on\b|over\b|to\b|for\b|from\b|of\b|and\b|please\b)[a-z][\w-]*)*)/i.exec(
      text,
    )?.[1];
  return behind === undefined || /^(?:with|on|over|to|for|from|of|and|please|do|does|is)\b/i.test(behind) ? undefined : behind;
}

function templates(text: string, facts: ThreadFacts): Step | undefined {
  const isAbout = /\btemplates?\b/i.test(text);
  if (
    isAbout &&
    /\b(list|show|what|which|browse|see|available|any)\b[^.]*\btemplates\b/i.test(text) &&
    !/\b(use|apply|customi[sz]e|adapt)\b/i.test(text)
  ) {
    const search = /\btemplates\s+(?:for|about|on)\s+([\w -]+)/i.exec(text)?.[1]?.trim();
    return call('list_templates', search === undefined ? {} : { search });
  }
  const source = sourceIn(text, facts.sources);
  if (
    /\b(use|apply|customi[sz]e|adapt|map|fit|put)\b/i.test(text) &&
    (isAbout ||
      (facts.lastTemplate !== undefined &&
        (/\b(it|this|fields?|map)\b/i.test(text) || source !== undefined) &&
        !/\binstead|window|mmap\b/i.test(text)))
  ) {
    const template = templateNamed(text) ?? facts.lastTemplate ?? text;
    const fields = mappingsIn(text);
    return call('customize_template', {
      template_id: template,
      ...(source === undefined ? {} : { source_topic: source }),
      ...(Object.keys(fields).length > 0 ? { field_mappings: fields } : {}),
    });
  }
  if (isAbout && /\b(show|open|get|view|see|details?|look|tell|describe|what)\b/i.test(text)) {
    return call('get_template', { template_id: templateNamed(text) ?? text });
  }
  if (
    facts.lastTemplate !== undefined &&
    facts.offers.length > 0 &&
    /^\s*(yes,?\s+)?(please\s+)?add\s+(both|all|them|these|those|the (two|offered|suggested)\b.*)\s*[.!]*\s*$/i.test(text)
  )
    return call('customize_template', { template_id: facts.lastTemplate, add_offers: facts.offers });
  return undefined;
}

/** "An app that watches refunds": what is wanted, without a word that wants it. */
const MADE_OF =
  /^\s*(?:please[,\s]+)?(?:an?|one|another)\s+(?:[\w-]+\s+){0,3}?(?:app|application|pipeline|dashboard)\s+(?:that|which|to|for|of|on|about|over|with|showing)\s+\S/i;

function apps(text: string, facts: ThreadFacts): Step | undefined {
  if (
    facts.hasApp &&
    (facts.inHand === 'app' || /\b(app|application)\b/i.test(text)) &&
    /^\s*(please\s+|now\s+|also\s+|and\s+|can you\s+|could you\s+)*(add|remove|drop|delete|change|modify|update|make|set|rename)\b/i.test(
      text,
    ) &&
    !/\b(templates?|dashboard|metrics|monitoring|alerting)\b/i.test(text)
  )
    return call('update_app', { prompt: text });
  if (
    /\b(build|create|make|generate|set up|design|want|need|give me)\b[^.]*\b(app|application|pipeline|platform|solution|system)\b/i.test(
      text,
    )
  )
    return call('generate_app', { prompt: text });
  if (MADE_OF.test(text)) return call('generate_app', { prompt: text, ...(/\bdashboard\b/i.test(text) ? { skip_sql_preview: true } : {}) });
  if (/\bdashboard\b/i.test(text) && /\b(build|create|make|generate|show|want|need|give|design|add)\b/i.test(text)) {
    const isFresh =
      /\bdashboard\b[^.]*\b(showing|with|of|for|that shows|displaying|tracking|about)\b\s+\w+/i.test(text) &&
      !/\bdashboard\s+(for|of|with)\s+(it|this|that|these|them|the (query|queries|thread|notebook))\b/i.test(text);
    if (isFresh && !(facts.hasSql && /\bfor (it|this|that|these)\b/i.test(text)))
      return call('generate_app', { prompt: text, skip_sql_preview: true });
    return call('generate_dashboard', {});
  }
  return undefined;
}

function analysis(text: string, facts: ThreadFacts): Step | undefined {
  if (
    facts.hasSql &&
    (/\b(add|set up|give it|include|suggest|recommend)\b[^.]*\b(monitoring|observability|metrics?|annotations?|prometheus|alerting|instrumentation)\b/i.test(
      text,
    ) ||
      /\bannotate\b/i.test(text))
  ) {
    const tier = /\bdashboard|everything|all\b/i.test(text) ? 3 : /\balert/i.test(text) ? 2 : /\bmonitoring|observ/i.test(text) ? 2 : 1;
    const alert = /\b(?:alert|notify|warn|page)\w*\b[^.]*?\b(?:when|if|once|whenever)\s+(.+?)[.!]?\s*$/i.exec(text)?.[1];
    return call('analyze_annotations', { tier, ...(alert === undefined ? {} : { alert }) });
  }
  if (
    /\bschemas?\b[^.]*\b(chang|diff|evol|drift|differ)|\b(chang|diff|evol|drift)\w*\b[^.]*\bschemas?\b|\bdeprecated fields?\b/i.test(text)
  )
    return call('analyze_schema_diff', {});
  if (
    /\b(health|performance|how are (my|the) (pipelines?|jobs?|queries|deployments?)|latency (problem|trend)|slow jobs?|lag(ging)?|status of (my|the) (jobs?|pipelines?))\b/i.test(
      text,
    ) &&
    !/\b(by|per|average|p9\d|above|every)\b/i.test(text)
  )
    return call('analyze_performance', {});
  if (HOW_IT_RUNS.test(text)) return call('analyze_performance', {});
  if (/\b(topology|data ?flow|lineage|graph of|dag)\b/i.test(text)) return call('get_topology', {});
  if (
    /\b(any|what|give me|have you)\b[^.]*\b(suggestions?|advice|recommend\w*|ideas|improve\w*)\b|\bwhat (should|could|can) i (do|build|improve)\b|\boptimi[sz]e (it|this|the query)\b|\b(?:anything|something|what(?:['’]s| is)) (?:wrong|odd|missing)\b|^\s*is (?:it|this|that|the query|my query) (?:right|correct|valid|good)\s*\??\s*$/i.test(
      text,
    )
  )
    return call('analyze', { trigger: facts.hasSql ? 'generate_sql' : 'list_topics' });
  return undefined;
}

/** `apply all`, `apply the second suggestion`, `ignore them`, `don't show that again`. */
function suggestionsIn(text: string): Intent | undefined {
  const never = /\b(don'?t|do not|never)\b[^.]*\b(show|suggest|tell|say)\b[^.]*\bagain\b/i.test(text);
  const dismiss =
    /^\s*(please\s+)?(ignore|dismiss|skip|not now|no thanks)\b/i.test(text) && !/\b(rows|records|null|where|from)\b/i.test(text);
  const apply =
    /^\s*(please\s+|yes,?\s+|ok(ay)?,?\s+)*(?:apply\b[^.]*\b(?:suggestions?|advice|optimi[sz]ations?|all|both|them|it|fix|first|second|third)|(?:use|accept|take)\b[^.]*\b(?:suggestions?|advice))\b/i.test(
      text,
    ) && !/\b(template|mmap|windows?|instead|with)\b/i.test(text);
  if (!never && !dismiss && !apply) return undefined;
  const place = ['first', 'second', 'third'].findIndex((word) => new RegExp(`\\b${word}\\b`, 'i').test(text)) + 1;
  const which = /\bperformance\b/i.test(text) ? 'performance' : place > 0 ? String(place) : never ? '1' : 'all';
  return { kind: 'suggestions', which, action: never ? 'never' : dismiss ? 'dismiss' : 'apply' };
}

/** `/peek_source {"source":"trades"}`: what a button of a suggestion asks for, word for word, perhaps below a sentence that tells it to people. */
function namedCall(text: string): Step | undefined {
  const [, tool, json] = /^\s*(?:Apply: [^\n]*\n)?\/([a-z]+(?:_[a-z]+)*)\s*(\{[\s\S]*\})\s*$/.exec(text) ?? [];
  if (tool === undefined || json === undefined) return undefined;
  try {
    return call(tool, JSON.parse(json) as Record<string, unknown>); // the expression above lets objects alone through
  } catch {
    return undefined;
  }
}

/** A connection, and the look at what it brings that the same sentence asks for. */
function andThen(connect: Step, text: string): Intent {
  const file = FILE.exec(text)?.[1];
  const rest = text
    .replace(URI, ' ')
    .replace(HOST, ' ')
    .replace(PATH, ' ')
    .replace(file ?? '', '');
  if (connect.tool === 'inspect_source') return steps(connect);
  if (file !== undefined && /\b(?:rows?|records|sample|peek|preview)\b/i.test(rest))
    return steps(connect, call('peek_source', { source: file }));
  const named =
    new RegExp(
      `\\b(?:messages?|schema|topic|rows|records|sample|fields)\\b[^.]*?\\b(?:of|from|in|for|topic)\\s+(?:the\\s+)?(?:topic\\s+)?${NAME}`,
      'iu',
    ).exec(text)?.[1] ??
    new RegExp(`\\b(?:inspect|describe|peek at|look at)\\s+(?:the\\s+)?(?:output\\s+)?(?:topic\\s+)?${NAME}`, 'iu').exec(text)?.[1];
  if (named !== undefined && !/^(kafka|it|the|this)$/i.test(named))
    return steps(
      connect,
      call(
        /\b(messages?|rows|records|peek|sample)\b/i.test(text) && !/\b(schema|fields|inspect)\b/i.test(text)
          ? 'peek_source'
          : 'inspect_source',
        { source: named },
      ),
    );
  if (/\b(and|then)\b[^.]*\b(list|show|what)\b/i.test(rest)) return steps(connect, call('list_sources'));
  return steps(connect);
}

/** What a sentence wants, by its words and what the thread holds: tool calls, or a question for NL→SQL. */
export function intentOf(text: string, facts: ThreadFacts): Intent {
  const named = namedCall(text);
  if (named) return steps(named);
  const sql = pastedSql(text);
  if (sql !== undefined) return steps(call('validate_sql', { sql }));
  if (/\b(tutorial|lessons?|teach me|onboarding|learn (velo|streaming|the basics))\b/i.test(text))
    return { kind: 'tutorial', command: /\b(stop|quit|exit|leave|end)\b/i.test(text) ? 'stop' : /\bnext\b/i.test(text) ? 'next' : 'start' };
  if (facts.inTutorial && /^\s*(next|continue|done|skip|go on|hint|help|i'?m stuck)\b/i.test(text))
    return { kind: 'tutorial', command: /\b(hint|help|stuck)\b/i.test(text) ? 'hint' : 'next' };
  const connect = connection(text, facts);
  if (connect) return andThen(connect, text);
  if (
    /\b(patterns?|insights?|anomal(y|ies)|trends?|seasonality|correlat\w+|outliers?|profile)\b/i.test(text) &&
    /\b(what|see|find|any|show|spot|detect|are there|give|profile|analy[sz]e)\b/i.test(text) &&
    !/\b(build|create|app|query|every|per|alert|by)\b/i.test(text)
  ) {
    const source = sourceIn(text, facts.sources);
    return { kind: 'insights', ...(source === undefined ? {} : { source }) };
  }
  if (/\b(compare|side by side|next to each other|both topics)\b/i.test(text)) {
    const named = namedIn(text, facts.sources);
    if (named.length >= 1) return { kind: 'compare', sources: named };
  }
  if (
    /\bwhy\b[^.]*\b(fail|failed|failing|error|empty|wrong|zero)\b|\b(fix|apply) (it|the (fix|test|error|failure))\b|\bexplain the failure\b/i.test(
      text,
    )
  )
    return { kind: 'failure' };
  const runs = runsIn(text, facts);
  if (runs) return runs;
  const job =
    /^\s*(please\s+)?(start|stop|pause|resume|restart|roll ?back|undeploy|tear down|take down|shut down)\b\s*(?:the\s+|my\s+)?(?:job\s+|pipeline\s+|deployment\s+|query\s+|app(?:lication)?\s+)?["'`]?([\w-]+)?/i.exec(
      text,
    );
  if (
    job &&
    /\b(job|pipeline|deployment|app|application|everything|all|it|undeploy)\b/i.test(text) &&
    !/\bstart (the )?(tutorial|with)\b/i.test(text)
  )
    return {
      kind: 'job',
      action: (/down|undeploy/i.test(job[2] ?? '') ? 'stop' : (job[2] ?? 'stop').toLowerCase().replace(' ', '')) as 'stop',
      ...(job[3] === undefined || /^(it|all|job|pipeline|everything|the)$/i.test(job[3]) ? {} : { name: job[3] }),
    };
  const about = saidOfData(text, facts.sources);
  if (about) return { kind: 'data', ...about };
  const act = facts.inTutorial && /^\s*go back\b/i.test(text) ? undefined : saidOfQuery(text);
  if (act) return { kind: 'change', act };
  if (facts.inHand === 'app' && RUN.test(text)) return { kind: 'told', text: RUNS_AS_JOBS };
  const suggestions = suggestionsIn(text);
  if (suggestions) return suggestions;
  const small = smallTalk(text, facts);
  if (small) return small;
  if (facts.hasSql && /\b(annotate|monitoring|metrics)\b/i.test(text) && /\bdashboard\b/i.test(text)) {
    const annotate = analysis(text, facts);
    if (annotate?.tool === 'analyze_annotations') return steps(annotate, call('generate_dashboard'));
  }
  if (facts.hasSql && facts.isUnmeasured && apps(text, facts)?.tool === 'generate_dashboard')
    // A dashboard draws metrics: a query that has none yet gets them first.
    return steps(call('analyze_annotations', { tier: 1 }), call('generate_dashboard'));
  for (const find of [templates, deployment, testing, apps, analysis, lookAround]) {
    const step = find(text, facts);
    if (step) return steps(step);
  }
  if (
    /^\s*(hi|hello|hey|good (morning|evening|afternoon)|help|what can you do|who are you)\b[\s\w!?.]*$/i.test(text) &&
    text.trim().split(/\s+/).length <= 6
  )
    return { kind: 'greeting' };
  return { kind: 'question' };
}
