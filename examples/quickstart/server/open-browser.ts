import { spawn } from 'node:child_process';

/** Opens the address where there is somebody to see it. Failing to do so is no failure: the address is printed anyway. */
export function openBrowser(url: string): void {
  const command = opener();
  if (!command) return;
  const [program, ...args] = [...command, url];
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function opener(): readonly [string, ...string[]] | undefined {
  const { env, platform, stdout } = process;
  if (!stdout.isTTY || env['CI'] || env['SSH_CONNECTION']) return undefined;
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined;
}
