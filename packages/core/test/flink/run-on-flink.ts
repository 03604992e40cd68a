import type { FlinkScript, FlinkStatement } from '../../src/sql/flink/script.ts';
import { type GatewaySession, pause } from './gateway-session.ts';

/** One SELECT of a script, with the settings it runs under. */
interface Select {
  readonly sql: string;
  readonly columns: readonly string[];
  readonly settings: readonly string[];
}

/** A question to Flink: a script whose statement at `origin` gives the rows that are looked at. */
export interface Question {
  readonly id: string;
  readonly script: FlinkScript;
  readonly columns: readonly string[];
  /** The view or SELECT that is read; null: the script's only SELECT. */
  readonly view: string | null;
}

export type Answer = { readonly rows: readonly (readonly (string | null)[])[] } | { readonly error: string };

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** Asks many questions in few jobs: the rows of each are arrays of text with its number beside them. */
export class FlinkRunner {
  private readonly session: GatewaySession;
  private readonly known = new Map<string, string>();
  jobs = 0;

  private readonly rest: string;

  /** `rest` is the address of the cluster, which says whether it has a slot free: others use it at the same time. */
  constructor(session: GatewaySession, rest: string) {
    this.session = session;
    this.rest = rest;
  }

  async ask(questions: readonly Question[]): Promise<Map<string, Answer>> {
    const answers = new Map<string, Answer>();
    const groups = new Map<string, { question: Question; select: Select }[]>();
    for (const question of questions) {
      const select = await this.prepared(question).catch((error: unknown) => String(error));
      if (typeof select === 'string') answers.set(question.id, { error: select });
      else {
        const key = select.settings.join(';');
        groups.set(key, [...(groups.get(key) ?? []), { question, select }]);
      }
    }
    for (const group of groups.values()) {
      const { settings } = (group[0] as { select: Select }).select;
      for (const setting of settings) await this.session.run(setting);
      await this.together(group, answers);
      for (const setting of settings) await this.session.run(setting.replace(/^SET ('.*?') = .*$/s, 'RESET $1'));
    }
    return answers;
  }

  /** Makes the tables and views of a question. Those of the same name and text stay from question to question. */
  private async prepared({ script, columns, view }: Question): Promise<Select> {
    let select: FlinkStatement | undefined;
    const settings: string[] = [];
    for (const statement of script.statements) {
      if (statement.kind === 'table' || statement.kind === 'view') await this.define(statement);
      else if (statement.kind === 'select') select = statement;
      else if (statement.kind === 'set' && statement.sql.startsWith('SET')) settings.push(statement.sql);
    }
    if (view !== null) return { sql: `SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(view)}`, columns, settings };
    if (select === undefined) throw new Error('there is no SELECT in the script');
    return { sql: select.sql, columns, settings };
  }

  private async define({ kind, sql }: FlinkStatement): Promise<void> {
    const name = /^CREATE TEMPORARY (?:TABLE|VIEW) (`(?:[^`]|``)*`)/.exec(sql)?.[1] ?? '';
    if (this.known.get(name) === sql) return;
    if (this.known.has(name)) await this.session.run(`DROP TEMPORARY ${kind.toUpperCase()} IF EXISTS ${name}`);
    this.known.delete(name);
    await this.session.run(sql);
    this.known.set(name, sql);
  }

  /** All in one job; where that fails, halves of them, until the one that is at fault stands alone. */
  private async together(
    group: readonly { question: Question; select: Select }[],
    answers: Map<string, Answer>,
    attempts = 5,
  ): Promise<void> {
    const arms = group.map(({ select }, i) => {
      const cells = select.columns.map((column) => `CAST(${quoted(column)} AS STRING)`).join(', ');
      return `SELECT ${i} AS q, ARRAY[${cells}] AS cells FROM (\n${select.sql}\n)`;
    });
    try {
      this.jobs++;
      await freeSlot(this.rest);
      const rows = await this.session.rows(arms.join('\nUNION ALL\n'));
      const folded = group.map(() => new Map<string, number>());
      for (const { kind, fields } of rows) {
        const [q, cells] = fields as [number, (string | null)[]];
        const counts = folded[q] as Map<string, number>;
        const key = JSON.stringify(cells);
        const weight = kind === 'INSERT' || kind === 'UPDATE_AFTER' ? 1 : -1;
        counts.set(key, (counts.get(key) ?? 0) + weight);
      }
      for (const [i, { question }] of group.entries())
        answers.set(question.id, { rows: [...(folded[i] as Map<string, number>)].flatMap(repeated) });
    } catch (error) {
      // Others use the same cluster: its slots are free again in a while.
      if (attempts > 1 && String(error).includes('NoResourceAvailable')) await this.together(group, answers, attempts - 1);
      else if (group.length === 1) answers.set((group[0] as { question: Question }).question.id, { error: String(error) });
      else {
        const half = group.length >> 1;
        await this.together(group.slice(0, half), answers);
        await this.together(group.slice(half), answers);
      }
    }
  }
}

const LOOKS_MAX = 1200;

async function freeSlot(rest: string): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    const response = await fetch(`${rest}/overview`);
    const { 'slots-available': free } = (await response.json()) as { 'slots-available': number };
    if (free > 0) return;
    await pause(100);
  }
}

function repeated([cells, count]: readonly [string, number]): (string | null)[][] {
  if (count < 0) throw new Error(`a row was taken away more often than it was given: ${cells}`);
  return Array.from({ length: count }, () => JSON.parse(cells) as (string | null)[]);
}
