import type { Command, CommandOption } from './command.ts';

const column = (items: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(...items.map(([left]) => left.length));
  return items.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

const spelled = ({ name, short, value }: CommandOption): string => `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`;

const explained = ({ about, choices, many }: CommandOption): string =>
  [about, choices ? `One of: ${choices.join(', ')}.` : '', many ? 'May be repeated.' : ''].filter((part) => part !== '').join(' ');

/** `velo <command> --help` */
export function commandHelp(command: Command, options: readonly CommandOption[]): string {
  return [
    `usage: velo ${command.name} ${command.takes}`,
    '',
    command.about,
    '',
    'options:',
    ...column(options.map((option) => [spelled(option), explained(option)])),
    '',
    'examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

/** `velo --help` */
export function overallHelp(commands: readonly Command[]): string {
  return [
    'velo: streaming SQL on the command line',
    '',
    'usage: velo <command> [options]',
    '',
    'commands:',
    ...column(commands.map(({ name, about }) => [name, about])),
    '',
    'options:',
    ...column([
      ['-h, --help', 'Show this help; "velo <command> --help" shows that of a command.'],
      ['    --version', 'Show the version.'],
    ]),
    '',
    'A file named "-" is standard input. Exit codes: 0 fine, 1 a check or a query failed, 2 wrong usage or unreadable input.',
    '',
  ].join('\n');
}
