import type { ColumnDefinition, CreateRelation, Expression, Name, Property, Query, StatementBody } from '../../ast/index.ts';
import { type SqlToken, tokenSpan } from '../token.ts';
import * as t from '../token-types.ts';
import { QueryGrammar } from './query-grammar.ts';
import type { ParserMethod } from './rule-parser.ts';

const { K } = t;
/** Words after CREATE that are recognised but not supported. */
const CREATE_UNSUPPORTED = /^(VIEW|MATERIALIZED|MODEL|FUNCTION|TYPE|INDEX|DATABASE|SCHEMA|CONNECTION|CONNECTOR|SOURCE|SINK|USER|ROLE)$/;
interface TableBody {
  readonly columns: ColumnDefinition[];
  primaryKey: readonly Name[];
  watermark?: { readonly column: Name; readonly expression: Expression };
}

/** CREATE, INSERT, UPDATE, DELETE and DROP (§2.2 to §2.6). */
export abstract class DefinitionGrammar extends QueryGrammar {
  protected readonly create: ParserMethod<[], StatementBody> = this.RULE('create', () => {
    const word = this.CONSUME(K.CREATE);
    const orReplace = this.OPTION(() => {
      const or = this.CONSUME(K.OR);
      this.CONSUME(K.REPLACE);
      this.ACTION(() => this.lenientForm('"OR REPLACE"', tokenSpan(or)));
      return true;
    });
    this.ACTION(() => this.rejectObjects(word));
    const object = this.OR([{ ALT: () => this.CONSUME(K.STREAM) }, { ALT: () => this.CONSUME(K.TABLE) }]);
    const ifNotExists = this.OPTION2({ GATE: () => this.at(K.NOT, 2), DEF: () => this.SUBRULE(this.ifNotExists) });
    const name = this.SUBRULE(this.plainName);
    const table: TableBody = { columns: [], primaryKey: [] };
    this.OPTION3(() => this.SUBRULE(this.columnList, { ARGS: [table] }));
    const source = this.SUBRULE(this.createSource);
    return this.ACTION((): CreateRelation => {
      const span = this.spanFrom(word.startOffset);
      if (!source.query) this.lenientForm(`"CREATE ${object.image.toUpperCase()}" without "AS"`, span);
      else if (source.query.into.length > 0) this.lenientForm('"INTO" inside "CREATE"', source.query.into[0]?.span ?? span);
      return {
        kind: 'create',
        object: object.tokenType === K.TABLE ? 'TABLE' : 'STREAM',
        name,
        orReplace: orReplace === true,
        ifNotExists: ifNotExists === true,
        ...table,
        ...source,
        span,
      };
    });
  });

  private rejectObjects(word: SqlToken): void {
    const next = this.LA(1);
    const upper = next.image.toUpperCase();
    if (CREATE_UNSUPPORTED.test(upper))
      this.fail('VS1026', { ...word, endOffset: next.endOffset as number }, { feature: `CREATE ${upper}` });
    if (!this.at(K.STREAM) && !this.at(K.TABLE)) this.fail('VS1022', next, { found: this.found(next) });
  }

  private readonly ifNotExists: ParserMethod<[], boolean> = this.RULE('ifNotExists', () => {
    const word = this.CONSUME(K.IF);
    this.CONSUME(K.NOT);
    this.CONSUME(K.EXISTS);
    this.ACTION(() => this.lenientForm('"IF NOT EXISTS"', tokenSpan(word)));
    return true;
  });

  private readonly createSource: ParserMethod<[], { query?: Query; properties: readonly Property[] }> = this.RULE('createSource', () =>
    this.OR({
      DEF: [
        {
          ALT: () => {
            this.CONSUME(K.AS);
            const query = this.SUBRULE(this.anyQuery, { ARGS: [true] });
            return { query, properties: [] };
          },
        },
        {
          ALT: () => {
            const properties = this.SUBRULE(this.withClause, { ARGS: [true] });
            const query = this.OPTION(() => {
              const as = this.CONSUME2(K.AS);
              this.ACTION(() => this.lenientForm('"WITH" before "AS"', tokenSpan(as)));
              return this.SUBRULE2(this.anyQuery, { ARGS: [true] });
            });
            return this.ACTION(() =>
              query ? { query: { ...query, properties: [...properties, ...query.properties] }, properties: [] } : { properties },
            );
          },
        },
      ],
      ERR_MSG: '"AS" or "WITH ("',
    }),
  );

  private readonly columnList: ParserMethod<[TableBody], void> = this.RULE('columnList', (table: TableBody) => {
    this.CONSUME(t.LParen);
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () =>
        this.OR([
          { ALT: () => this.SUBRULE(this.tableKey, { ARGS: [table] }) },
          { GATE: () => this.at(K.WATERMARK) && this.at(K.FOR, 2), ALT: () => this.SUBRULE(this.watermark, { ARGS: [table] }) },
          {
            ALT: () => {
              const column = this.SUBRULE(this.columnDefinition);
              this.ACTION(() => table.columns.push(column));
            },
          },
        ]),
    });
    this.CONSUME(t.RParen);
  });

  private readonly tableKey: ParserMethod<[TableBody], void> = this.RULE('tableKey', (table: TableBody) => {
    const word = this.CONSUME(K.PRIMARY);
    this.CONSUME(K.KEY);
    const names = this.SUBRULE(this.nameList);
    this.OPTION(() => {
      this.CONSUME(K.NOT);
      this.CONSUME(K.ENFORCED);
    });
    this.ACTION(() => {
      this.lenientForm('"PRIMARY KEY (…)" of a table', tokenSpan(word));
      table.primaryKey = names;
    });
  });

  private readonly watermark: ParserMethod<[TableBody], void> = this.RULE('watermark', (table: TableBody) => {
    const word = this.CONSUME(K.WATERMARK);
    this.CONSUME(K.FOR);
    const column = this.SUBRULE(this.plainName);
    this.CONSUME(K.AS);
    const expression = this.SUBRULE(this.expression);
    this.ACTION(() => {
      this.lenientForm('"WATERMARK FOR"', tokenSpan(word));
      table.watermark = { column, expression };
    });
  });

  private readonly nameList: ParserMethod<[], Name[]> = this.RULE('nameList', () => {
    const names: Name[] = [];
    this.CONSUME(t.LParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => names.push(this.SUBRULE(this.plainName)) });
    this.CONSUME(t.RParen);
    return names;
  });

  private readonly columnDefinition: ParserMethod<[], ColumnDefinition> = this.RULE('columnDefinition', () => {
    const name = this.SUBRULE(this.plainName);
    const type = this.SUBRULE(this.typeName);
    let nullable = true;
    let primaryKey = false;
    let fallback: Expression | undefined;
    this.MANY(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(K.NOT);
            this.OPTION(() => this.CONSUME(K.NULL));
            nullable = false;
          },
        },
        { ALT: () => this.CONSUME2(K.NULL) },
        {
          ALT: () => {
            this.CONSUME(K.PRIMARY);
            this.CONSUME(K.KEY);
            primaryKey = true;
          },
        },
        {
          ALT: () => {
            this.CONSUME(K.DEFAULT);
            this.columnDefault = true;
            fallback = this.SUBRULE(this.expression);
            this.columnDefault = false;
          },
        },
      ]),
    );
    return this.ACTION(
      (): ColumnDefinition => ({
        name,
        type,
        nullable,
        primaryKey,
        ...(fallback && { default: fallback }),
        span: this.spanFrom(name.span.start),
      }),
    );
  });

  protected readonly insert: ParserMethod<[], StatementBody> = this.RULE('insert', () => {
    const word = this.CONSUME(K.INSERT);
    this.CONSUME(K.INTO);
    const target = this.SUBRULE(this.relationName);
    const columns = this.OPTION({ GATE: () => !this.atQuery(2), DEF: () => this.SUBRULE(this.nameList) }) ?? [];
    const rows: Expression[][] = [];
    const source = this.OR({
      DEF: [
        {
          ALT: () => {
            const values = this.CONSUME(K.VALUES);
            this.AT_LEAST_ONE_SEP({
              SEP: t.Comma,
              DEF: () => {
                this.CONSUME(t.LParen);
                rows.push(this.SUBRULE(this.expressions));
                this.CONSUME(t.RParen);
              },
            });
            return this.ACTION(() => ({ kind: 'values' as const, rows, span: this.spanFrom(values.startOffset) }));
          },
        },
        { ALT: () => this.SUBRULE(this.query) },
      ],
      ERR_MSG: '"SELECT" or "VALUES"',
    });
    return this.ACTION((): StatementBody => {
      const span = this.spanFrom(word.startOffset);
      this.lenientForm('"INSERT INTO"', tokenSpan(word));
      return { kind: 'insert', target, columns, source, span };
    });
  });

  protected readonly update: ParserMethod<[], StatementBody> = this.RULE('update', () => {
    const word = this.CONSUME(K.UPDATE);
    const target = this.SUBRULE(this.relationName);
    this.CONSUME(K.SET);
    const assignments: { column: Name; value: Expression }[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => {
        const column = this.SUBRULE(this.plainName);
        this.CONSUME(t.Equals);
        const value = this.SUBRULE(this.expression);
        assignments.push({ column, value });
      },
    });
    const where = this.SUBRULE(this.optionalWhere);
    return this.ACTION((): StatementBody => {
      this.lenientForm('"UPDATE"', tokenSpan(word));
      return { kind: 'update', target, assignments, ...(where && { where }), span: this.spanFrom(word.startOffset) };
    });
  });

  private readonly optionalWhere: ParserMethod<[], Expression | undefined> = this.RULE('optionalWhere', () =>
    this.OPTION(() => {
      this.CONSUME(K.WHERE);
      return this.SUBRULE(this.expression);
    }),
  );

  protected readonly deletion: ParserMethod<[], StatementBody> = this.RULE('deletion', () => {
    const word = this.CONSUME(K.DELETE);
    this.CONSUME(K.FROM);
    const target = this.SUBRULE(this.relationName);
    const where = this.SUBRULE(this.optionalWhere);
    return this.ACTION((): StatementBody => {
      this.lenientForm('"DELETE"', tokenSpan(word));
      return { kind: 'delete', target, ...(where && { where }), span: this.spanFrom(word.startOffset) };
    });
  });

  protected readonly drop: ParserMethod<[], StatementBody> = this.RULE('drop', () => {
    const word = this.CONSUME(K.DROP);
    const object = this.OR({
      DEF: [
        { ALT: () => this.CONSUME(K.STREAM) },
        { ALT: () => this.CONSUME(K.TABLE) },
        { ALT: () => this.CONSUME(K.JOB) },
        { ALT: () => this.CONSUME(K.QUERY) },
      ],
      ERR_MSG: '"STREAM", "TABLE" or "JOB"',
    });
    const ifExists = this.OPTION({
      GATE: () => this.at(K.EXISTS, 2),
      DEF: () => {
        this.CONSUME(K.IF);
        this.CONSUME(K.EXISTS);
        return true;
      },
    });
    const name = this.SUBRULE(this.plainName);
    return this.ACTION((): StatementBody => {
      this.lenientForm('"DROP"', tokenSpan(word));
      const kind = object.tokenType === K.TABLE ? 'TABLE' : object.tokenType === K.STREAM ? 'STREAM' : 'JOB';
      return { kind: 'drop', object: kind, name, ifExists: ifExists === true, span: this.spanFrom(word.startOffset) };
    });
  });
}
