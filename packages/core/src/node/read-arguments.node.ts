import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearestName } from '../sql/bind/nearest-name.ts';
import type { Command, CommandArguments, CommandOption } from './command.ts';
import { UsageError } from './usage-error.ts';

const HELP: CommandOption = { name: 'help', short: 'h', about: 'Show this help.' };

/** Options that every command has. */
export const optionsOf = (command: Command): readonly CommandOption[] => [...command.options, HELP];

/** Reads what stands after the command's name. @throws {UsageError} on an unknown option, a missing or an unusable value. */
export function readArguments(command: Command, argv: readonly string[]): CommandArguments {
  const options = optionsOf(command);
  const config: NonNullable<ParseArgsConfig['options']> = {};
  for (const { name, short, value, many } of options) {
    config[name] = { type: value === undefined ? 'boolean' : 'string', ...(short && { short }), ...(many && { multiple: true }) };
  }
  const { values, positionals } = parsed(command, argv, config);
  for (const { name, choices } of options) {
    const given = [values[name]].flat().find((text) => typeof text === 'string' && !choices?.includes(text));
    if (choices && given !== undefined) {
      throw new UsageError(`option "--${name}" does not take "${given}"`, `Use one of: ${choices.join(', ')}.`);
    }
  }
  return {
    positionals,
    has: (flag) => values[flag] === true,
    text: (option) => (typeof values[option] === 'string' ? values[option] : undefined),
    texts: (option) => (Array.isArray(values[option]) ? values[option].map(String) : []),
  };
}

function parsed(command: Command, argv: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    // SQL may begin with a comment; no option has a space in its name.
    const isComment = (text: string): boolean => /^--\s/.test(text);
    const texts = argv.filter(isComment);
    const { values, positionals } = parseArgs({
      args: argv.filter((text) => !isComment(text)),
      options,
      allowPositionals: true,
      strict: true,
    });
    return { values, positionals: [...texts, ...positionals] };
  } catch (error) {
    // Node's message names the option; the sentences after the first one repeat it.
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error);
    const unknown = /^Unknown option '--([^']+)'/.exec(message)?.[1];
    const meant = unknown === undefined ? undefined : nearestName(unknown, Object.keys(options));
    const hint = meant === undefined ? `See "velo ${command.name} --help".` : `Did you mean "--${meant}"?`;
    throw new UsageError(message.charAt(0).toLowerCase() + message.slice(1).replaceAll("'", '"'), hint);
  }
}

/** A whole number from an option. */
export function wholeNumber(args: CommandArguments, option: string, min: number): number | undefined {
  const text = args.text(option);
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value) || value < min) {
    throw new UsageError(`option "--${option}" does not take "${text}"`, `Give a whole number of at least ${min}.`);
  }
  return value;
}

/** `name=value` pairs of a repeatable option. */
export function pairs(args: CommandArguments, option: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const text of args.texts(option)) {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`option "--${option}" does not take "${text}"`, `Write --${option} name=value.`);
    found.set(text.slice(0, at), text.slice(at + 1));
  }
  return found;
}
