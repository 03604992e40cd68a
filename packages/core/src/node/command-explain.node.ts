import { renderDiagnostic } from '../diagnostics/render.ts';
import type { Command } from './command.ts';
import { wholeNumber } from './read-arguments.node.ts';
import { CATALOG_OPTION, readCatalog } from './read-catalog.node.ts';
import { onlyName, readInput } from './read-input.node.ts';

const STAGES = ['ast', 'bound', 'logical', 'optimised', 'physical'] as const;
type Stage = (typeof STAGES)[number];

/** `velo explain`: what becomes of a script, at one stage on its way to the runtime. */
export const explainCommand: Command = {
  name: 'explain',
  about: 'Show the plan of a script.',
  takes: '<file.sql | -> [options]',
  options: [
    { name: 'stage', value: '<stage>', choices: STAGES, about: 'How far on its way; physical by default.' },
    { name: 'workers', value: '<n>', about: 'Say what of the plan that many threads can do.' },
    { name: 'json', about: 'As one JSON object: stage, plan, diagnostics.' },
    CATALOG_OPTION,
  ],
  examples: ['velo explain query.sql', 'velo explain query.sql --stage logical', 'velo explain - --stage ast < query.sql'],
  async run(args, terminal) {
    const input = await readInput(onlyName(args.positionals, 'explain'), terminal);
    const { explain, validate } = await import('../sql/index.ts');
    const catalog = await readCatalog(args, terminal);
    const stage = (args.text('stage') as Stage | undefined) ?? 'physical';
    const workers = wholeNumber(args, 'workers', 1) ?? 1;
    const diagnostics = validate(input.sql, catalog ? { catalog } : {});
    const errors = diagnostics.filter((d) => d.severity === 'error');
    const plan = errors.length > 0 ? null : explain(input.sql, { stage, ...(catalog && { catalog }), ...(workers > 1 && { workers }) });
    if (args.has('json')) await terminal.stdout.write(`${JSON.stringify({ stage, plan, diagnostics }, null, 2)}\n`);
    else if (plan !== null) await terminal.stdout.write(plan.endsWith('\n') ? plan : `${plan}\n`);
    else {
      const texts = errors.map((d) => renderDiagnostic(input.sql, d, { file: input.name, color: terminal.color }));
      await terminal.stderr.write(`${texts.join('\n\n')}\n`);
    }
    return errors.length > 0 ? 1 : 0;
  },
};
