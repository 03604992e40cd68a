import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Assistant } from '../protocol/studio/assistant.ts';
import type { Command } from './command.ts';
import { loadOptional } from './load-connectors.node.ts';
import { UsageError } from './usage-error.ts';

interface BenchSet {
  readonly name: string;
}

interface EvalModule {
  readonly DEVELOPMENT_SETS: readonly BenchSet[];
  readonly HELD_BACK_SETS: readonly BenchSet[];
  runSet(set: BenchSet, assistant: Assistant, options: object): Promise<readonly object[]>;
  scoreOf(results: readonly object[]): object;
  scoreboardMarkdown(title: string, results: readonly object[]): string;
}

type Make = (options: object) => Assistant;

/** `velo eval`: the benchmark of questions, judged by what the answers compute. */
export const evalCommand: Command = {
  name: 'eval',
  about: 'Measure an assistant on the benchmark of questions.',
  takes: '[options]',
  options: [
    {
      name: 'assistant',
      value: '<name>',
      choices: ['offline', 'anthropic', 'replay'],
      about: 'offline by default; anthropic takes ANTHROPIC_API_KEY; replay speaks with the server of ANTHROPIC_BASE_URL.',
    },
    { name: 'set', value: '<name>', choices: ['development', 'held-back', 'all'], about: 'development by default.' },
    { name: 'only', value: '<names>', about: 'Sets by name, with commas between them, e.g. rides,iot.' },
    { name: 'model', value: '<id>', about: 'Model for anthropic.' },
    { name: 'out', value: '<file>', about: 'Where the scoreboard goes: .md or .json; standard output by default.' },
    { name: 'json', about: 'As JSON.' },
  ],
  examples: ['velo eval', 'velo eval --set held-back --out scoreboard.md', 'velo eval --assistant anthropic --model claude-sonnet-5-5'],
  async run(args, terminal) {
    const module = (await loadOptional('@velostream/ai/eval', terminal.cwd)) as unknown as EvalModule | undefined;
    if (!module) throw new UsageError('the benchmark is not installed', 'Install it: npm install @velostream/ai');
    const name = args.text('assistant') ?? 'offline';
    const assistant = await assistantNamed(name, args.text('model'), terminal.cwd);
    const which = args.text('set') ?? 'development';
    const only = args.text('only')?.split(',');
    const all = [...module.DEVELOPMENT_SETS, ...module.HELD_BACK_SETS];
    const unknown = only?.find((name) => !all.some((set) => set.name === name));
    if (unknown !== undefined) throw new UsageError(`there is no set "${unknown}"`, `There are: ${all.map((s) => s.name).join(', ')}.`);
    const sets = only
      ? all.filter((s) => only.includes(s.name))
      : [...(which === 'held-back' ? [] : module.DEVELOPMENT_SETS), ...(which === 'development' ? [] : module.HELD_BACK_SETS)];
    const results: object[] = [];
    for (const set of sets) {
      results.push(...(await module.runSet(set, assistant, {})));
      await terminal.stderr.write(`${set.name}: ${results.length} questions\n`);
    }
    const title = `velo-bench: ${name}, ${only?.join(', ') ?? which}${name === 'replay' ? ' (replayed, not live)' : ''}`;
    const out = args.text('out');
    const text =
      args.has('json') || out?.endsWith('.json')
        ? `${JSON.stringify({ title, score: module.scoreOf(results), cases: results }, null, 2)}\n`
        : module.scoreboardMarkdown(title, results);
    if (out === undefined) await terminal.stdout.write(text);
    else await writeFile(resolve(terminal.cwd, out), text);
    const { match, valid } = module.scoreOf(results) as { match: { hits: number; total: number }; valid: { hits: number; total: number } };
    return valid.hits === valid.total && match.total > 0 && match.hits / match.total >= 0.92 ? 0 : 1;
  },
};

async function assistantNamed(name: string, model: string | undefined, cwd: string): Promise<Assistant> {
  if (name === 'offline') {
    const offline = (await loadOptional('@velostream/ai', cwd))?.['createOfflineAssistant'] as Make | undefined;
    if (!offline) throw new UsageError('the assistant is not installed', 'Install it: npm install @velostream/ai');
    return offline({});
  }
  const make = (await loadOptional('@velostream/ai/server', cwd))?.['createAnthropicAssistant'] as Make | undefined;
  if (!make) throw new UsageError('the Claude assistant is not installed', 'Install it: npm install @velostream/ai');
  const key = process.env['ANTHROPIC_API_KEY'];
  const baseURL = process.env['ANTHROPIC_BASE_URL'];
  if (name === 'anthropic' && !key) throw new UsageError('there is no key for the model', 'Set ANTHROPIC_API_KEY.');
  if (name === 'replay' && !baseURL)
    throw new UsageError('there is no server to replay from', 'Set ANTHROPIC_BASE_URL to a scripted server.');
  return make({ apiKey: key ?? 'replay', ...(baseURL ? { baseURL } : {}), ...(model === undefined ? {} : { models: { sql: model } }) });
}
