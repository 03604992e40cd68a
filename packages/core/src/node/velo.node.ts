import { createRequire } from 'node:module';
import { VeloError } from '../diagnostics/velo-error.ts';
import { nearestName } from '../sql/bind/nearest-name.ts';
import type { Command, ExitCode } from './command.ts';
import { annotateCommand } from './command-annotate.node.ts';
import { approveCommand } from './command-approve.node.ts';
import { deployCommand } from './command-deploy.node.ts';
import { evalCommand } from './command-eval.node.ts';
import { explainCommand } from './command-explain.node.ts';
import { formatCommand } from './command-format.node.ts';
import { generateCommand } from './command-generate.node.ts';
import { healthCommand } from './command-health.node.ts';
import { mcpCommand } from './command-mcp.node.ts';
import { quickstartCommand } from './command-quickstart.node.ts';
import { runCommand } from './command-run.node.ts';
import { scaffoldCommand } from './command-scaffold.node.ts';
import { studioCommand } from './command-studio.node.ts';
import { templatesCommand } from './command-templates.node.ts';
import { testCommand } from './command-test.node.ts';
import { validateCommand } from './command-validate.node.ts';
import { commandHelp, overallHelp } from './help-text.ts';
import { errorJson, errorText } from './problem-text.ts';
import { optionsOf, readArguments } from './read-arguments.node.ts';
import { OutputClosed, type Terminal } from './terminal.node.ts';
import { UsageError } from './usage-error.ts';

const COMMANDS: readonly Command[] = [
  runCommand,
  validateCommand,
  explainCommand,
  formatCommand,
  testCommand,
  quickstartCommand,
  generateCommand,
  annotateCommand,
  scaffoldCommand,
  deployCommand,
  healthCommand,
  templatesCommand,
  studioCommand,
  mcpCommand,
  approveCommand,
  evalCommand,
];

/** What people type who know the name from other tools. */
const ALIASES: ReadonlyMap<string, string> = new Map([['doctor', 'health']]);

/** Found through the package's own name, because bundling may move this file. */
const version = (): string => (createRequire(import.meta.url)('@velostream/core/package.json') as { version: string }).version;

/** The `velo` command: everything after the name of the program in, the exit code out. */
export async function velo(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = argv;
  try {
    if (name === '--version' || name === '-V') {
      await terminal.stdout.write(`${version()}\n`);
      return 0;
    }
    if (name === '--help' || name === '-h' || name === 'help') {
      await terminal.stdout.write(overallHelp(COMMANDS));
      return 0;
    }
    return await dispatch(commandNamed(name), rest, terminal);
  } catch (error) {
    if (error instanceof OutputClosed) return 0;
    // What is coded is told with its hint; anything else is a fault of ours and shows where it happened.
    if (!(error instanceof UsageError || VeloError.is(error))) throw error;
    await terminal.stderr.write(`${rest.includes('--json') ? errorJson(error) : errorText(error, undefined, terminal.color)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function commandNamed(name: string | undefined): Command {
  const names = COMMANDS.map((command) => command.name);
  if (name === undefined) throw new UsageError('no command was given', `Use one of: ${names.join(', ')}. See "velo --help".`);
  const found = COMMANDS.find((command) => command.name === (ALIASES.get(name) ?? name));
  if (found) return found;
  const nearest = nearestName(name, names);
  throw new UsageError(`there is no command "${name}"`, nearest ? `Did you mean "velo ${nearest}"?` : `Use one of: ${names.join(', ')}.`);
}

async function dispatch(command: Command, rest: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const args = readArguments(command, rest);
  if (!args.has('help')) return await command.run(args, terminal);
  await terminal.stdout.write(commandHelp(command, optionsOf(command)));
  return 0;
}
