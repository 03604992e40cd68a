import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const bin = fileURLToPath(new URL('../../node_modules/.bin/mcp-inspector', import.meta.url));
const cli = fileURLToPath(new URL('../../../core/src/node/cli.node.ts', import.meta.url));

/** The official inspector, started as a person would, against `velo mcp` over standard input and output. */
async function inspect(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run(bin, ['--cli', process.execPath, '--conditions=@velostream/source', cli, 'mcp', ...args], {
    timeout: 60_000,
    maxBuffer: 16 * 1024 * 1024,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('the official inspector against velo mcp', () => {
  test('sees reading tools, and none that deploys', { timeout: 90_000 }, async () => {
    const { tools } = (await inspect('--method', 'tools/list')) as { tools: { name: string; annotations: { readOnlyHint: boolean } }[] };
    const names = tools.map((t) => t.name);
    expect(names).toEqual(
      expect.arrayContaining([
        'list_streams',
        'describe_stream',
        'query_stream',
        'validate_sql',
        'generate_test_data',
        'run_test',
        'get_metrics',
        'explain_disabled_tools',
      ]),
    );
    expect(names).not.toContain('deploy_app');
    expect(names).not.toContain('deploy_query');
    expect(tools.every((t) => t.annotations.readOnlyHint)).toBe(true);
  });

  test('calls a tool and reads why another is missing', { timeout: 90_000 }, async () => {
    const checked = (await inspect('--method', 'tools/call', '--tool-name', 'validate_sql', '--tool-arg', 'sql=SELECT 1')) as {
      structuredContent: { valid: boolean };
    };
    expect(checked.structuredContent.valid).toBe(true);
    const why = JSON.stringify(await inspect('--method', 'tools/call', '--tool-name', 'explain_disabled_tools'));
    expect(why).toContain('--allow deploy');
  });
});
