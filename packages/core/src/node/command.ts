import type { Terminal } from './terminal.node.ts';

/** 0: fine. 1: a check or a query failed. 2: wrong usage, or an input that cannot be read. */
export type ExitCode = 0 | 1 | 2;

export interface CommandOption {
  readonly name: string;
  readonly short?: string;
  /** What stands after it in the help, e.g. `<n>`; absent: a flag. */
  readonly value?: string;
  /** May be given more than once. */
  readonly many?: boolean;
  readonly choices?: readonly string[];
  readonly about: string;
}

/** What was typed after the name of the command. */
export interface CommandArguments {
  readonly positionals: readonly string[];
  has(flag: string): boolean;
  text(option: string): string | undefined;
  texts(option: string): readonly string[];
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly about: string;
  /** What stands after the name in the usage line. */
  readonly takes: string;
  readonly options: readonly CommandOption[];
  readonly examples: readonly string[];
  run(args: CommandArguments, terminal: Terminal): Promise<ExitCode>;
}
