import { visible } from '../diagnostics/render.ts';
import type { Command, CommandArguments } from './command.ts';
import type { Terminal } from './terminal.node.ts';
import { UsageError } from './usage-error.ts';

/** A plan as the approval page of an MCP server tells it. */
interface Waiting {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly expires_at: number;
}

const ANSWER_MS = 5_000;
/** A deployment is started before the page answers. */
const DECIDE_MS = 120_000;

/**
 * `velo approve`: the approval page of `velo mcp` in a terminal. Its address holds a secret that only the person who started the server was told; it
 * is asked for each time and stored nowhere, because whatever could find it by itself, a model with a shell could find as well.
 */
export const approveCommand: Command = {
  name: 'approve',
  about: 'List what an MCP server wants to start, look at it, and approve or decline it.',
  takes: '<address> [<plan>] [options]',
  options: [
    { name: 'approve', about: 'Start exactly what the plan shows.' },
    { name: 'decline', about: 'Drop the plan.' },
    { name: 'json', about: 'The answer as JSON.' },
  ],
  examples: [
    'velo approve http://127.0.0.1:40123/5b0c…   # what waits; the address is the one that velo mcp wrote to standard error',
    'velo approve http://127.0.0.1:40123/5b0c… 1            # show the first plan',
    'velo approve http://127.0.0.1:40123/5b0c… 1 --approve',
  ],
  async run(args, terminal) {
    const [address, plan, more] = args.positionals;
    if (address === undefined || more !== undefined)
      throw new UsageError('the address of an approval page is needed', '"velo mcp --allow deploy" writes it to standard error.');
    const page = pageAt(address);
    if (args.has('approve') && args.has('decline')) throw new UsageError('a plan is approved or declined, not both', 'Give one of them.');
    const isDecision = args.has('approve') || args.has('decline');
    if (isDecision && plan === undefined) throw new UsageError('no plan was named', 'List what waits, then name a plan by its number.');
    const { waiting } = (await ask(page, 'GET')) as { readonly waiting: readonly Waiting[] };
    if (plan === undefined) return list(waiting, args, terminal);
    const chosen = waiting.find((each, i) => each.id === plan || String(i + 1) === plan);
    if (chosen === undefined)
      throw new UsageError(
        `no plan "${plan}" waits for an approval`,
        'List what waits: a plan serves once, and expires after ten minutes.',
      );
    if (!isDecision) return show(chosen, args, terminal);
    const to = new URL(`${page.href}/${encodeURIComponent(chosen.id)}?approve=${args.has('approve') ? 'yes' : 'no'}`);
    const answer = (await ask(to, 'POST')) as { readonly said?: string; readonly error?: string };
    const said = answer.said ?? answer.error ?? '';
    if (args.has('json')) await terminal.stdout.write(`${JSON.stringify({ id: chosen.id, ...answer }, null, 2)}\n`);
    else await (answer.error === undefined ? terminal.stdout : terminal.stderr).write(`${visible(said)}\n`);
    return answer.error === undefined ? 0 : 1;
  },
};

/** Pages are served on this machine only; the secret goes to no other one. */
function pageAt(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isHere = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url === undefined || !isHere || !/^\/[\w-]+\/?$/.test(url.pathname))
    throw new UsageError(
      'this is not the address of an approval page',
      'It looks like http://127.0.0.1:40123/5b0c… and is of this machine.',
    );
  return new URL(url.pathname.replace(/\/$/, ''), url.origin);
}

async function ask(to: URL, method: 'GET' | 'POST'): Promise<unknown> {
  const signal = AbortSignal.timeout(method === 'GET' ? ANSWER_MS : DECIDE_MS);
  const refused = (why: string): UsageError => new UsageError(why, 'Has the server ended? Each start has an address of its own.');
  const response = await fetch(to, { method, headers: { accept: 'application/json' }, redirect: 'error', signal }).catch(() => {
    throw refused('the approval page does not answer');
  });
  if (!/^application\/json/.test(response.headers.get('content-type') ?? ''))
    throw refused(`the approval page answered ${response.status}`);
  return response.json();
}

async function list(waiting: readonly Waiting[], args: CommandArguments, { stdout }: Terminal): Promise<0> {
  if (args.has('json')) await stdout.write(`${JSON.stringify({ waiting }, null, 2)}\n`);
  else if (waiting.length === 0) await stdout.write('Nothing waits for an approval.\n');
  for (const [i, { title }] of args.has('json') ? [] : waiting.entries()) await stdout.write(`${i + 1}  ${visible(title)}\n`);
  return 0;
}

async function show(plan: Waiting, args: CommandArguments, { stdout }: Terminal): Promise<0> {
  if (args.has('json')) await stdout.write(`${JSON.stringify(plan, null, 2)}\n`);
  else {
    const text = [plan.title, '', ...plan.summary.split('\n'), '', `expires ${new Date(plan.expires_at).toISOString()}`];
    await stdout.write(`${text.map(visible).join('\n')}\n`);
  }
  return 0;
}
