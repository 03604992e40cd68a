import type { Studio } from '../protocol/studio/studio.ts';
import type { Command } from './command.ts';
import { loadConnectors, loadOptional } from './load-connectors.node.ts';
import { tracingTo } from './otlp-tracing.node.ts';
import { UsageError } from './usage-error.ts';

interface McpModule {
  serveMcpStdio(options: object): Promise<void>;
  serveMcpHttp(options: object): Promise<{ readonly url: string; close(): Promise<void> }>;
}

/** `velo mcp`: the tools of the studio for Claude, VS Code, Cursor and any other client of the Model Context Protocol. */
export const mcpCommand: Command = {
  name: 'mcp',
  about: 'Serve the tools of the studio over the Model Context Protocol.',
  takes: '[options]',
  options: [
    { name: 'http', about: 'Over streamable HTTP at /mcp, bound to this machine; otherwise over standard input and output.' },
    { name: 'port', value: '<n>', about: 'Port for --http; 8765 by default.' },
    {
      name: 'allow',
      value: '<kind>',
      many: true,
      choices: ['write', 'deploy'],
      about: 'Also offer tools that write or deploy; reading and computing are always there.',
    },
    { name: 'root', value: '<directory>', many: true, about: 'Directory whose files may be read; more than once.' },
    { name: 'otlp', value: '<url>', about: 'Send spans to this OTLP/HTTP receiver; a token is read from OTLP_TOKEN.' },
    { name: 'connect', value: '<uri>', many: true, about: 'Source to connect at start; more than once.' },
  ],
  examples: ['velo mcp --root data', 'velo mcp --connect kafka://localhost:9092', 'velo mcp --http --port 8765 --allow deploy'],
  async run(args, terminal) {
    const module = (await loadOptional('@velostream/ai/mcp/node', terminal.cwd)) as unknown as McpModule | undefined;
    if (!module)
      throw new UsageError('the MCP server is not installed', 'Install it: npm install @velostream/ai @modelcontextprotocol/sdk');
    const port = Number(args.text('port') ?? 8765);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new UsageError(`"${args.text('port')}" is no port`, 'Give a number from 0 to 65535.');
    const { createStudio } = await import('../studio/index.ts');
    const { definitions } = await loadConnectors(args.texts('root'), terminal.cwd);
    const studio: Studio = createStudio({ connectors: definitions });
    const tracing = await tracingTo(args.text('otlp'), 'velo-mcp');
    const options = {
      studio,
      ...(tracing && { tracing }),
      allow: args.texts('allow'),
      connect: args.texts('connect'),
      ...(process.env['VELO_MCP_TOKEN'] ? { token: process.env['VELO_MCP_TOKEN'] } : {}),
    };
    try {
      if (!args.has('http')) await module.serveMcpStdio(options);
      else {
        const server = await module.serveMcpHttp({ ...options, port });
        await terminal.stderr.write(`MCP at ${server.url}\n`);
        await new Promise<void>((resolve) => {
          process.once('SIGINT', resolve);
          process.once('SIGTERM', resolve);
        });
        await server.close();
      }
    } finally {
      await studio.close();
      await tracing?.close();
    }
    return 0;
  },
};
