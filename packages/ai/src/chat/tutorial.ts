import type { Session } from '@velostream/core/protocol/studio';
import { currentSql, showSql } from '../tools/sql-tools.ts';
import { latestArtifact, type ToolContext } from '../tools/tool.ts';
import { LESSONS, type Lesson, TUTORIAL_SCHEMAS } from './lessons.ts';

const MARK = 'tutorial:';

/** Where a thread stands in the tutorial: kept as a cell of the notebook, so that it is saved with it. */
export function lessonOf(session: Session): Lesson | undefined {
  const state = stateCell(session)?.text?.slice(MARK.length);
  return LESSONS.find((l) => l.id === state);
}

const stateCell = (session: Session) => session.notebook.cells.findLast((c) => c.type === 'markdown' && c.text?.startsWith(MARK));

async function setState(session: Session, value: string): Promise<void> {
  const cell = stateCell(session);
  if (cell) await session.notebook.updateCell(cell.id, { text: `${MARK}${value}` });
  else await session.notebook.addCell({ type: 'markdown', name: 'Tutorial', text: `${MARK}${value}` });
}

/** What is deployed is a notebook: the queries of the lessons before would start with the one that is meant. */
async function forgetLessons({ notebook }: Session): Promise<void> {
  const made = new Set(
    notebook.artifacts.flatMap((a) => (a.kind === 'sql-editor' && /^Lesson \d+: /.test(a.title) ? [a.data.cellId] : [])),
  );
  for (const cell of notebook.cells) if (made.has(cell.id)) await notebook.removeCell(cell.id);
}

const MADE_UP = ' Its trades are made up: ten rows a second.';
const NOT_THERE =
  ' A job reads a source that is connected, and none is called "trades" here: connect one first, or write "stop the tutorial".';

/** Opens a lesson: its editor, filled in. */
export async function openLesson(context: ToolContext, lesson: Lesson) {
  // What the thread has is what it learns on: a made-up schema over a real source would test against rows that nobody has.
  const real = new Set((await context.studio.sources.list({ sessionId: context.session.id })).map((source) => source.name));
  for (const [name, schema] of Object.entries(TUTORIAL_SCHEMAS))
    if (!real.has(name) && !(name in context.session.context.schemas)) await context.session.declare(name, schema);
  // A job reads something: where nothing is connected, trades come from the built-in generator.
  const lacksTrades = lesson.byDeployment === true && !real.has('trades');
  const isMade =
    lacksTrades &&
    (await context.session.connect('datagen:trades?rows_per_second=10&history=200', { as: 'trades' }).then(
      () => true,
      () => false,
    ));
  if (lesson.byDeployment) await forgetLessons(context.session);
  await setState(context.session, lesson.id);
  const number = LESSONS.indexOf(lesson) + 1;
  const artifact = await showSql(context, {
    sql: lesson.starterSql,
    by: 'tutorial',
    replaces: false,
    title: `Lesson ${number}: ${lesson.title}`,
  });
  return {
    artifact,
    text: `Lesson ${number} of ${LESSONS.length}: ${lesson.title}. ${lesson.goal} ${lesson.byDeployment ? 'Then approve the plan.' : 'Then press Test.'}${lacksTrades ? (isMade ? MADE_UP : NOT_THERE) : ''}`,
  };
}

export async function endTutorial(session: Session): Promise<void> {
  await setState(session, 'done');
}

export interface LessonVerdict {
  readonly done: boolean;
  readonly text: string;
  readonly next?: Lesson;
}

/** Judges by the query and the result of its test, never by what was said. */
export function judge(session: Session, event: 'tested' | 'deployed'): LessonVerdict | undefined {
  const lesson = lessonOf(session);
  if (!lesson) return undefined;
  const next = LESSONS[LESSONS.indexOf(lesson) + 1];
  if (lesson.byDeployment)
    return event === 'deployed' ? { done: true, text: 'That was the last lesson. Well done.', ...(next ? { next } : {}) } : undefined;
  if (event !== 'tested') return undefined;
  const sql = currentSql(session) ?? '';
  const missing = lesson.checks.filter((c) => !c.holds(sql));
  const result = latestArtifact(session, 'test-results')?.data;
  const passed = result !== undefined && 'report' in result && result.report.passed && result.report.sql.trim() === sql.trim();
  if (missing.length > 0)
    return {
      done: false,
      text: `Not there yet: the query ${missing.map((c) => `does not pass "${c.text}"`).join(', ')}. Hint: ${lesson.hints[0]}`,
    };
  if (!passed) return { done: false, text: `The test has to pass first. Hint: ${lesson.hints[1]}` };
  return { done: true, text: `Lesson "${lesson.title}" is done.`, ...(next ? { next } : {}) };
}

export const hintFor = (session: Session, count: number): string => {
  const lesson = lessonOf(session);
  return lesson ? (lesson.hints[Math.min(2, count)] ?? lesson.hints[0]) : 'There is no lesson open. Write "start the tutorial".';
};
