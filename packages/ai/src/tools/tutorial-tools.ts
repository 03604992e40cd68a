import { LESSONS } from '../chat/lessons.ts';
import { endTutorial, hintFor, judge, lessonOf, openLesson } from '../chat/tutorial.ts';
import * as f from './fields.ts';
import { defineTool, type Tool } from './tool.ts';

const tutorial = defineTool({
  name: 'tutorial',
  title: 'Tutorial',
  description:
    'Eight lessons in this thread. start opens the first one; next judges the current lesson by its test or deployment and opens the one after it; hint helps; stop ends.',
  risk: 'compute',
  artifact: 'sql-editor',
  input: f.object({
    command: f.oneOf(['start', 'next', 'hint', 'stop'], 'What to do'),
    hints_given: f.maybe(f.whole('Hints that were given for this lesson', 0, 10)),
  }),
  output: f.facts({ lesson: f.z.optional(f.z.string()), done: f.z.boolean() }),
  async execute({ command, hints_given = 0 }, context) {
    const { session } = context;
    if (command === 'stop') {
      await endTutorial(session);
      return { output: { done: true }, text: 'The tutorial is closed. Write "start the tutorial" to begin again.' };
    }
    if (command === 'hint') return { output: { done: false }, text: hintFor(session, hints_given) };
    const current = command === 'next' ? lessonOf(session) : undefined;
    const verdict = current && judge(session, current.byDeployment ? 'deployed' : 'tested');
    if (verdict && !verdict.done) return { output: { lesson: current.id, done: false }, text: verdict.text };
    const lesson = current ? LESSONS[LESSONS.indexOf(current) + 1] : LESSONS[0];
    if (!lesson) {
      await endTutorial(session);
      return { output: { done: true }, text: verdict?.text ?? 'That was the last lesson.' };
    }
    const { artifact, text } = await openLesson(context, lesson);
    return { output: { lesson: lesson.id, done: false }, artifact, text: `${verdict ? `${verdict.text} ` : ''}${text}` };
  },
});

export const tutorialTools: readonly Tool[] = [tutorial];
