import type { Readable, Writable } from 'node:stream';

export interface Output {
  /** Resolves when more may be written, so that a slow reader slows the query down. Rejects with `OutputClosed` once nobody reads. */
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  /** Width in characters; 80 where it is not known. */
  readonly columns: number;
}

/** Where a command reads and writes. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdinIsTerminal: boolean;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly color: boolean;
  /** Calls back at every Ctrl-C. Returns the way to stop listening: Ctrl-C then ends the process as usual. */
  onInterrupt(call: () => void): () => void;
}

/** The reader of our output has gone, as `head` does: no failure, but nothing more to do. */
export class OutputClosed extends Error {
  constructor() {
    super('nobody reads the output any more');
    this.name = 'OutputClosed';
  }
}

type TtyStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

function outputTo(stream: TtyStream): Output {
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code === 'EPIPE' ? new OutputClosed() : error;
    wake?.();
  });
  stream.on('drain', () => wake?.());
  return {
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns ?? 80;
    },
    async write(text) {
      if (failure) throw failure;
      if (stream.write(text)) return;
      await new Promise<void>((resolve) => (wake = resolve));
      if (failure) throw failure;
    },
  };
}

export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  const errors = outputTo(stderr);
  return {
    stdin: stdin as Readable & AsyncIterable<Uint8Array>,
    stdinIsTerminal: stdin.isTTY === true,
    stdout: outputTo(stdout),
    stderr: errors,
    cwd: process.cwd(),
    // NO_COLOR and FORCE_COLOR are what terminal programs agree on.
    color: env['NO_COLOR'] ? false : env['FORCE_COLOR'] ? env['FORCE_COLOR'] !== '0' : errors.isTerminal,
    onInterrupt(call) {
      process.on('SIGINT', call);
      process.on('SIGTERM', call);
      return () => {
        process.off('SIGINT', call);
        process.off('SIGTERM', call);
      };
    },
  };
}
