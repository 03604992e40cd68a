import type { DeployStrategy, JobStatement, Name, Property, ShowStatement, StatementBody } from '../../ast/index.ts';
import { type SqlToken, type TokenType, tokenSpan, tokenValue } from '../token.ts';
import * as t from '../token-types.ts';
import { DefinitionGrammar } from './definition-grammar.ts';
import type { ParserMethod } from './rule-parser.ts';

const { K } = t;
const PATTERN_SHOWS: ReadonlySet<string> = new Set(['STREAMS', 'TABLES', 'TOPICS', 'FUNCTIONS', 'JOBS', 'SCHEMAS']);
const SHOW_WORDS: ReadonlySet<string> = new Set([
  ...PATTERN_SHOWS,
  'QUERIES',
  'STATUS',
  'METRICS',
  'VERSIONS',
  'SCHEMA',
  'PROPERTIES',
  'PARTITIONS',
  'JOB',
  'QUERY',
  'CREATE',
]);

/** Statements by their first word; SHOW, DESCRIBE, EXPLAIN and jobs (§2.7, §2.8). */
export class StatementGrammar extends DefinitionGrammar {
  readonly statement: ParserMethod<[], StatementBody> = this.RULE('statement', () => this.SUBRULE(this.body));

  private readonly body: ParserMethod<[], StatementBody> = this.RULE('body', () => {
    this.ACTION(() => this.rejectUnknown());
    return this.OR([
      { ALT: () => this.SUBRULE(this.selectStatement) },
      { ALT: () => this.SUBRULE(this.create) },
      { ALT: () => this.SUBRULE(this.insert) },
      { ALT: () => this.SUBRULE(this.update) },
      { ALT: () => this.SUBRULE(this.deletion) },
      { ALT: () => this.SUBRULE(this.drop) },
      { ALT: () => this.SUBRULE(this.show) },
      { ALT: () => this.SUBRULE(this.describe) },
      { ALT: () => this.SUBRULE(this.startJob) },
      { ALT: () => this.SUBRULE(this.stopJob) },
      { ALT: () => this.SUBRULE(this.pauseJob) },
      { ALT: () => this.SUBRULE(this.deployJob) },
      { ALT: () => this.SUBRULE(this.rollbackJob) },
      { ALT: () => this.SUBRULE(this.explain) },
    ]);
  });

  private static readonly STARTS: readonly TokenType[] = [
    K.SELECT,
    K.WITH,
    t.LParen,
    K.CREATE,
    K.INSERT,
    K.UPDATE,
    K.DELETE,
    K.DROP,
    K.SHOW,
    K.LIST,
    K.DESCRIBE,
    K.START,
    K.STOP,
    K.PAUSE,
    K.RESUME,
    K.DEPLOY,
    K.ROLLBACK,
    K.EXPLAIN,
  ];

  private rejectUnknown(): void {
    const next = this.LA(1);
    if (next.tokenType === K.ALTER) this.fail('VS1026', next, { feature: `ALTER ${this.LA(2).image.toUpperCase()}`.trim() });
    if (this.atEnd()) this.fail('VS1003', next, { found: this.found(next), expected: 'a statement' });
    if (!StatementGrammar.STARTS.includes(next.tokenType))
      this.fail('VS1005', next, { found: this.found(next), hint: this.misspelt(next) });
  }

  protected readonly selectStatement: ParserMethod<[], StatementBody> = this.RULE('selectStatement', () => {
    const query = this.SUBRULE(this.query);
    return this.ACTION((): StatementBody => ({ kind: 'query', query, span: query.span }));
  });

  private readonly show: ParserMethod<[], StatementBody> = this.RULE('show', () => {
    const word = this.OR([{ ALT: () => this.CONSUME(K.SHOW) }, { ALT: () => this.CONSUME(K.LIST) }]);
    this.ACTION(() => {
      if (this.atEnd()) this.fail('VS1003', this.LA(1), { found: 'the end', expected: 'what to show, e.g. "STREAMS"' });
      if (!SHOW_WORDS.has(this.LA(1).image.toUpperCase())) this.fail('VS1023', this.LA(1), { found: this.found(this.LA(1)) });
    });
    return this.OR2([
      { ALT: () => this.SUBRULE(this.showCreate, { ARGS: [word] }) },
      { GATE: () => this.at(K.PROPERTIES), ALT: () => this.SUBRULE(this.showProperties, { ARGS: [word] }) },
      { GATE: () => this.at(K.JOB) || this.at(K.QUERY), ALT: () => this.SUBRULE(this.showJobStatus, { ARGS: [word] }) },
      {
        GATE: () => PATTERN_SHOWS.has(this.LA(1).image.toUpperCase()) || this.at(K.QUERIES),
        ALT: () => this.SUBRULE(this.showList, { ARGS: [word] }),
      },
      { ALT: () => this.SUBRULE(this.showOne, { ARGS: [word] }) },
    ]);
  });

  private readonly showCreate: ParserMethod<[SqlToken], StatementBody> = this.RULE('showCreate', (word: SqlToken) => {
    this.CONSUME(K.CREATE);
    const object = this.OR([{ ALT: () => this.CONSUME(K.STREAM) }, { ALT: () => this.CONSUME(K.TABLE) }]);
    const name = this.SUBRULE(this.plainName);
    return this.ACTION((): ShowStatement => {
      this.lenientForm('"SHOW CREATE"', tokenSpan(word));
      return { kind: 'show', what: 'CREATE', object: object.image.toUpperCase(), name, span: this.spanFrom(word.startOffset) };
    });
  });

  private readonly showProperties: ParserMethod<[SqlToken], StatementBody> = this.RULE('showProperties', (word: SqlToken) => {
    this.CONSUME(K.PROPERTIES);
    const object = this.CONSUME(t.Name);
    const name = this.SUBRULE(this.plainName);
    return this.ACTION(
      (): ShowStatement => ({
        kind: 'show',
        what: 'PROPERTIES',
        object: object.image.toUpperCase(),
        name,
        span: this.spanFrom(word.startOffset),
      }),
    );
  });

  private readonly showJobStatus: ParserMethod<[SqlToken], StatementBody> = this.RULE('showJobStatus', (word: SqlToken) => {
    this.OR([{ ALT: () => this.CONSUME(K.JOB) }, { ALT: () => this.CONSUME(K.QUERY) }]);
    this.CONSUME(K.STATUS);
    const name = this.SUBRULE(this.plainName);
    return this.ACTION((): ShowStatement => {
      this.lenientForm('"SHOW JOB STATUS"', tokenSpan(word));
      return { kind: 'show', what: 'JOB STATUS', name, span: this.spanFrom(word.startOffset) };
    });
  });

  private readonly showList: ParserMethod<[SqlToken], StatementBody> = this.RULE('showList', (word: SqlToken) => {
    const what = this.CONSUME(t.Name);
    const pattern = this.OPTION(() => {
      this.OPTION2(() => this.CONSUME(K.LIKE));
      return this.CONSUME(t.Text);
    });
    return this.ACTION((): ShowStatement => {
      const upper = what.image.toUpperCase();
      if (upper === 'SCHEMAS') this.lenientForm('"SHOW SCHEMAS"', tokenSpan(word));
      // PATTERN_SHOWS let only these words in
      const kind = (upper === 'QUERIES' ? 'JOBS' : upper) as ShowStatement['what'];
      return { kind: 'show', what: kind, ...(pattern && { pattern: tokenValue(pattern) }), span: this.spanFrom(word.startOffset) };
    });
  });

  private readonly showOne: ParserMethod<[SqlToken], StatementBody> = this.RULE('showOne', (word: SqlToken) => {
    const what = this.CONSUME(t.Name);
    const name = this.OPTION(() => this.SUBRULE(this.plainName));
    return this.ACTION((): ShowStatement => {
      const upper = what.image.toUpperCase();
      if (!name && upper !== 'STATUS' && upper !== 'METRICS')
        this.fail('VS1003', this.LA(1), { found: this.found(this.LA(1)), expected: 'a name' });
      // SHOW_WORDS let only these words in
      return { kind: 'show', what: upper as ShowStatement['what'], ...(name && { name }), span: this.spanFrom(word.startOffset) };
    });
  });

  private readonly describe: ParserMethod<[], StatementBody> = this.RULE('describe', () => {
    const word = this.CONSUME(K.DESCRIBE);
    const object = this.OPTION({
      GATE: () => (this.at(K.STREAM) || this.at(K.TABLE)) && (this.atKind(t.Name, 2) || this.atKind(t.Text, 2)),
      DEF: () => this.CONSUME(t.Name),
    });
    const name = this.SUBRULE(this.plainName);
    return this.ACTION((): StatementBody => {
      const kind = object && (object.tokenType === K.TABLE ? 'TABLE' : 'STREAM');
      if (kind) this.lenientForm(`"DESCRIBE ${kind}"`, tokenSpan(word));
      return { kind: 'describe', ...(kind && { object: kind }), name, span: this.spanFrom(word.startOffset) };
    });
  });

  private readonly explain: ParserMethod<[], StatementBody> = this.RULE('explain', () => {
    const word = this.CONSUME(K.EXPLAIN);
    const statement = this.SUBRULE(this.body);
    return this.ACTION((): StatementBody => {
      this.lenientForm('"EXPLAIN"', tokenSpan(word));
      return { kind: 'explain', statement, span: this.spanFrom(word.startOffset) };
    });
  });

  private readonly jobWord: ParserMethod<[], Name> = this.RULE('jobWord', () => {
    this.OR({ DEF: [{ ALT: () => this.CONSUME(K.JOB) }, { ALT: () => this.CONSUME(K.QUERY) }], ERR_MSG: '"JOB"' });
    return this.SUBRULE(this.plainName);
  });

  private readonly jobBody: ParserMethod<[], { body: StatementBody; properties: readonly Property[] }> = this.RULE('jobBody', () => {
    this.CONSUME(K.AS);
    const body = this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.selectStatement) },
        { ALT: () => this.SUBRULE(this.create) },
        { ALT: () => this.SUBRULE(this.insert) },
      ],
      ERR_MSG: '"SELECT" or "CREATE"',
    });
    return this.ACTION(() => splitProperties(body));
  });

  private readonly startJob: ParserMethod<[], StatementBody> = this.RULE('startJob', () => {
    const word = this.CONSUME(K.START);
    const name = this.SUBRULE(this.jobWord);
    const job = this.SUBRULE(this.jobBody);
    return this.ACTION((): JobStatement => ({ kind: 'job', action: 'START', name, ...job, span: this.spanFrom(word.startOffset) }));
  });

  private readonly stopJob: ParserMethod<[], StatementBody> = this.RULE('stopJob', () => {
    const word = this.CONSUME(K.STOP);
    const name = this.SUBRULE(this.jobWord);
    const force = this.OPTION(() => this.CONSUME(K.FORCE)) !== undefined;
    return this.ACTION((): JobStatement => ({ kind: 'job', action: 'STOP', name, force, span: this.spanFrom(word.startOffset) }));
  });

  private readonly pauseJob: ParserMethod<[], StatementBody> = this.RULE('pauseJob', () => {
    const word = this.OR([{ ALT: () => this.CONSUME(K.PAUSE) }, { ALT: () => this.CONSUME(K.RESUME) }]);
    const name = this.SUBRULE(this.jobWord);
    return this.ACTION(
      (): JobStatement => ({
        kind: 'job',
        action: word.tokenType === K.PAUSE ? 'PAUSE' : 'RESUME',
        name,
        span: this.spanFrom(word.startOffset),
      }),
    );
  });

  private readonly deployJob: ParserMethod<[], StatementBody> = this.RULE('deployJob', () => {
    const word = this.CONSUME(K.DEPLOY);
    const name = this.SUBRULE(this.jobWord);
    this.CONSUME(K.VERSION);
    const version = this.CONSUME(t.Text);
    const job = this.SUBRULE(this.jobBody);
    const strategy = this.OPTION(() => this.SUBRULE(this.strategy)) ?? { kind: 'BLUE_GREEN' as const };
    return this.ACTION(
      (): JobStatement => ({
        kind: 'job',
        action: 'DEPLOY',
        name,
        version: tokenValue(version),
        ...job,
        strategy,
        span: this.spanFrom(word.startOffset),
      }),
    );
  });

  private readonly strategy: ParserMethod<[], DeployStrategy> = this.RULE('strategy', () => {
    this.CONSUME(K.STRATEGY);
    this.demand([K.BLUE_GREEN, K.CANARY, K.ROLLING, K.REPLACE], 'VS1024', (found) => ({ found }));
    return this.OR([
      {
        ALT: () => {
          const word = this.OR2([
            { ALT: () => this.CONSUME(K.BLUE_GREEN) },
            { ALT: () => this.CONSUME(K.ROLLING) },
            { ALT: () => this.CONSUME(K.REPLACE) },
          ]);
          // the three alternatives just above
          return this.ACTION((): DeployStrategy => ({ kind: word.image.toUpperCase() as 'BLUE_GREEN' | 'ROLLING' | 'REPLACE' }));
        },
      },
      {
        ALT: () => {
          this.CONSUME(K.CANARY);
          this.CONSUME(t.LParen);
          const share = this.CONSUME(t.IntegerNumber);
          this.CONSUME(t.RParen);
          return this.ACTION((): DeployStrategy => {
            const percent = Number(share.image);
            if (percent < 1 || percent > 100) this.report('VS1041', tokenSpan(share), { allowed: 100, found: percent });
            return { kind: 'CANARY', percent };
          });
        },
      },
    ]);
  });

  private readonly rollbackJob: ParserMethod<[], StatementBody> = this.RULE('rollbackJob', () => {
    const word = this.CONSUME(K.ROLLBACK);
    const name = this.SUBRULE(this.jobWord);
    const version = this.OPTION(() => {
      this.CONSUME(K.VERSION);
      return this.CONSUME(t.Text);
    });
    return this.ACTION(
      (): JobStatement => ({
        kind: 'job',
        action: 'ROLLBACK',
        name,
        ...(version && { version: tokenValue(version) }),
        span: this.spanFrom(word.startOffset),
      }),
    );
  });
}

/** In a job the trailing WITH belongs to the job, not to the statement inside (§2.7). */
function splitProperties(body: StatementBody): { body: StatementBody; properties: readonly Property[] } {
  if (body.kind === 'query') return { body: { ...body, query: { ...body.query, properties: [] } }, properties: body.query.properties };
  if (body.kind === 'create' && body.query)
    return { body: { ...body, query: { ...body.query, properties: [] } }, properties: body.query.properties };
  return { body, properties: [] };
}
