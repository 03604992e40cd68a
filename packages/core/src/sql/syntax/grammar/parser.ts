import { syntaxProblem } from '../../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../../diagnostics/define-codes.ts';
import type { Expression, StatementBody } from '../../ast/index.ts';
import { DEPTH_MAX } from '../nesting.ts';
import type { GrammarInput } from './grammar-base.ts';
import { StatementGrammar } from './statement-grammar.ts';

export interface Read<T> {
  /** Undefined when the text could not be understood at all. */
  readonly node: T | undefined;
  readonly problems: readonly Problem[];
}

/** The grammar, ready to read. Building it costs some milliseconds, so there is one, made at first use. */
class SqlParser extends StatementGrammar {
  constructor() {
    super();
    this.performSelfAnalysis();
  }

  readStatement(input: GrammarInput): Read<StatementBody> {
    return this.read(input, () => this.statement());
  }

  readExpression(input: GrammarInput): Read<Expression> {
    return this.read(input, () => this.expression());
  }

  private read<T>(input: GrammarInput, rule: () => T | undefined): Read<T> {
    this.prepare(input);
    this.resetExpressions();
    try {
      const node = rule();
      return { node, problems: this.takeProblems() };
    } catch (error) {
      // the limits on nesting are made for the usual stack; a thread with a smaller one may still run out of it
      if (!(error instanceof RangeError)) throw error;
      return { node: undefined, problems: [syntaxProblem('VS1032', { start: input.end, end: input.end }, { allowed: DEPTH_MAX })] };
    }
  }
}

let shared: SqlParser | undefined;
export function sqlParser(): SqlParser {
  shared ??= new SqlParser();
  return shared;
}
