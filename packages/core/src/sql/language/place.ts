import type { SqlToken } from '../syntax/token.ts';
import * as t from '../syntax/token-types.ts';
import { type Block, blocksAround, topLevel } from './blocks.ts';
import { type Cursor, isName, openBrackets, upper } from './cursor.ts';

/** What may be written at a cursor. */
export type Place =
  | { readonly kind: 'statement' }
  | { readonly kind: 'relation' }
  /** After `a.` or `a.b.`. */
  | { readonly kind: 'member'; readonly path: readonly string[] }
  /** A value is expected. */
  | { readonly kind: 'operand'; readonly clause: string }
  /** A value is complete; what may follow depends on the clause. */
  | { readonly kind: 'after-operand'; readonly clause: string }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'window' }
  | { readonly kind: 'window-argument' }
  | { readonly kind: 'unit' }
  | { readonly kind: 'type' }
  | { readonly kind: 'property-key' }
  | { readonly kind: 'property-value'; readonly key: string }
  | { readonly kind: 'nothing' };

const SHOWN = 'STREAMS TABLES TOPICS FUNCTIONS JOBS SCHEMAS STATUS METRICS VERSIONS SCHEMA PROPERTIES PARTITIONS'.split(' ');
/** Words that may follow a word. */
const FOLLOWERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['EMIT', ['CHANGES', 'FINAL']],
  ['GROUP', ['BY']],
  ['ORDER', ['BY']],
  ['PARTITION', ['BY']],
  ['INNER', ['JOIN']],
  ['LEFT', ['JOIN', 'OUTER JOIN']],
  ['RIGHT', ['JOIN', 'OUTER JOIN']],
  ['FULL', ['OUTER JOIN', 'JOIN']],
  ['OUTER', ['JOIN']],
  ['CROSS', ['JOIN']],
  ['CREATE', ['STREAM', 'TABLE', 'OR REPLACE STREAM', 'OR REPLACE TABLE']],
  ['SHOW', SHOWN],
  ['LIST', SHOWN],
  ['START', ['JOB']],
  ['STOP', ['JOB']],
  ['PAUSE', ['JOB']],
  ['RESUME', ['JOB']],
  ['DEPLOY', ['JOB']],
  ['ROLLBACK', ['JOB']],
  ['DROP', ['STREAM', 'TABLE', 'JOB']],
  ['STRATEGY', ['BLUE_GREEN', 'CANARY(10)', 'ROLLING', 'REPLACE']],
  ['IS', ['NULL', 'NOT NULL', 'TRUE', 'FALSE']],
  ['NULLS', ['FIRST', 'LAST']],
  ['INSERT', ['INTO']],
  ['DELETE', ['FROM']],
  ['UNION', ['SELECT', 'ALL SELECT']],
  ['PRIMARY', ['KEY']],
  ['EXPIRE', ['AFTER']],
  ['UNBOUNDED', ['PRECEDING', 'FOLLOWING']],
  ['CURRENT', ['ROW']],
  ['GRACE', ['PERIOD']],
]);
const CLAUSES = /^(SELECT|FROM|WHERE|GROUP|WINDOW|HAVING|ORDER|LIMIT|EMIT|INTO|ON|SET|VALUES)$/;
const TAKES_RELATION = /^(FROM|JOIN|INTO|DESCRIBE|UPDATE)$/;
const WINDOW_KINDS = /^(TUMBLING|SLIDING|SESSION|HOPPING|HOP|TUMBLE)$/;
const TAKES_OPERAND =
  /^(SELECT|DISTINCT|WHERE|ON|HAVING|BY|WHEN|THEN|ELSE|CASE|AND|OR|NOT|BETWEEN|LIKE|ILIKE|RLIKE|REGEXP|SET|VALUES|DEFAULT|LIMIT|=|!=|<>|<|<=|>|>=|\+|-|\*|\/|%|\|\||~|!~|\(|,|\[|->|->>)$/;

/** Reads the place out of the tokens before the cursor. */
export function placeAt(cursor: Cursor): Place {
  const { tokens, index } = cursor;
  const previous = tokens[index - 1];
  const word = upper(previous);
  if (!previous || word === 'EXPLAIN') return { kind: 'statement' };
  if (previous.tokenType === t.Dot) return { kind: 'member', path: pathBefore(tokens, index - 1) };
  const open = openBrackets(tokens, index).at(-1);
  return (open === undefined ? undefined : insideBracket(tokens, open, index)) ?? byWord(cursor, word) ?? byClause(cursor, word);
}

function pathBefore(tokens: readonly SqlToken[], dot: number): string[] {
  const path: string[] = [];
  for (let i = dot; tokens[i]?.tokenType === t.Dot && i > 0; i -= 2) path.unshift((tokens[i - 1] as SqlToken).value);
  return path;
}

/** Brackets that have rules of their own: WITH, windows, types of columns. */
function insideBracket(tokens: readonly SqlToken[], open: number, index: number): Place | undefined {
  const owner = upper(tokens[open - 1]);
  const word = upper(tokens[index - 1]);
  if (owner === 'WITH') {
    if (word === '(' || word === ',') return { kind: 'property-key' };
    if (word === '=') return { kind: 'property-value', key: tokens[index - 2]?.value ?? '' };
    return { kind: 'nothing' };
  }
  if (WINDOW_KINDS.test(owner) && (word === '(' || word === ',')) return { kind: 'window-argument' };
  if ((owner === 'CAST' || owner === 'TRY_CAST') && word === 'AS') return { kind: 'type' };
  const inColumns = isColumnList(tokens, open);
  if (inColumns && isName(tokens[index - 1]) && /^[(,]$/.test(upper(tokens[index - 2]))) return { kind: 'type' };
  if (inColumns)
    return {
      kind: 'words',
      words: word === '(' || word === ',' ? ['PRIMARY KEY', 'WATERMARK FOR'] : ['NOT NULL', 'PRIMARY KEY', 'DEFAULT'],
    };
  if (owner === 'OVER' && word === '(') return { kind: 'words', words: ['PARTITION BY', 'ORDER BY', 'ROWS WINDOW BUFFER'] };
  if (owner === 'OVER' && word === 'EMIT') return { kind: 'words', words: ['EVERY RECORD', 'ON BUFFER FULL', 'CHANGES'] };
  return undefined;
}

/** `CREATE STREAM name (`: the bracket opens a list of columns. */
function isColumnList(tokens: readonly SqlToken[], open: number): boolean {
  const words = tokens.slice(Math.max(0, open - 8), open).map((token) => upper(token));
  const at = words.findLastIndex((word) => word === 'STREAM' || word === 'TABLE');
  return at >= 0 && at >= words.length - 5 && words.indexOf('CREATE') >= 0 && !words.includes('AS') && !words.includes('SELECT');
}

function byWord(cursor: Cursor, word: string): Place | undefined {
  const { tokens, index } = cursor;
  const before = upper(tokens[index - 2]);
  if (TAKES_RELATION.test(word)) return { kind: 'relation' };
  if (word === 'WINDOW' && before !== 'ROWS') return { kind: 'window' };
  if (word === '::') return { kind: 'type' };
  if (before === 'INTERVAL') return { kind: 'unit' };
  if (word === 'AS')
    return isBodyMark(tokens, index)
      ? { kind: 'words', words: ['SELECT', 'WITH', ...(upper(tokens[0]) === 'CREATE' ? [] : ['CREATE'])] }
      : { kind: 'nothing' };
  const words = FOLLOWERS.get(word);
  // LEFT and its kin are also functions and columns: then an operand stands before them or nothing follows
  return words && !(CLAUSES.test(before) && /^(LEFT|RIGHT|CURRENT)$/.test(word)) ? { kind: 'words', words } : undefined;
}

/** Whether this AS stands between the head of a CREATE or a job and its query. */
function isBodyMark(tokens: readonly SqlToken[], index: number): boolean {
  return /^(CREATE|START|DEPLOY)$/.test(upper(tokens[0])) && !tokens.slice(0, index).some((token) => upper(token) === 'SELECT');
}

function byClause(cursor: Cursor, word: string): Place {
  const { tokens, index } = cursor;
  const [block] = blocksAround(tokens, index);
  const clause = clauseAt(tokens, block as Block, index);
  if (clause === '') return byStatement(tokens, index);
  if (clause === 'INTO' && word === ',') return { kind: 'relation' };
  if (clause === 'FROM' || clause === 'INTO' || clause === 'EMIT') return { kind: 'after-operand', clause };
  if (word === '*' && isStar(tokens, index - 1)) return { kind: 'after-operand', clause };
  return TAKES_OPERAND.test(word) ? { kind: 'operand', clause } : { kind: 'after-operand', clause };
}

/** A star that stands for columns, not for a multiplication. */
function isStar(tokens: readonly SqlToken[], at: number): boolean {
  const before = upper(tokens[at - 1]);
  return before === 'SELECT' || before === ',' || before === '.' || before === 'DISTINCT';
}

function byStatement(tokens: readonly SqlToken[], index: number): Place {
  const first = upper(tokens[0]);
  const last = upper(tokens[index - 1]);
  if (first === 'CREATE' && index >= 3) return { kind: 'words', words: ['AS', 'WITH ('] };
  if (first === 'START' && index >= 3) return { kind: 'words', words: ['AS'] };
  if (first === 'DEPLOY' && index >= 3) return { kind: 'words', words: index === 3 ? ['VERSION'] : ['AS'] };
  if (first === 'UPDATE' && index === 2) return { kind: 'words', words: ['SET'] };
  if (first === 'SHOW' || first === 'LIST')
    return last === 'SCHEMA' || last === 'PARTITIONS' ? { kind: 'relation' } : { kind: 'words', words: ['LIKE'] };
  if (first === 'WITH' && last === ')') return { kind: 'words', words: ['SELECT'] };
  return { kind: 'nothing' };
}

/** The clause of a block that holds token `index`; empty before its SELECT. */
function clauseAt(tokens: readonly SqlToken[], block: Block, index: number): string {
  let clause = '';
  for (const i of topLevel(tokens, block)) {
    if (i >= index) break;
    const word = upper(tokens[i]);
    if (CLAUSES.test(word) || word === 'JOIN') clause = word === 'JOIN' ? 'FROM' : word;
  }
  return clause;
}
