export type RunStatus = 'starting' | 'waiting' | 'live' | 'paused' | 'stopped' | 'done' | 'failed' | 'refused';

const SHOWN: Readonly<Record<RunStatus, { readonly sign: string; readonly word: string }>> = {
  starting: { sign: '○', word: 'starting' },
  waiting: { sign: '○', word: 'waiting' },
  live: { sign: '●', word: 'live' },
  paused: { sign: 'Ⅱ', word: 'paused' },
  stopped: { sign: '■', word: 'stopped' },
  done: { sign: '✓', word: 'finished' },
  failed: { sign: '✕', word: 'failed' },
  refused: { sign: '✕', word: 'not run' },
};

/** The state as a sign and a word; it is announced when it changes. */
export function RunState({ status }: { readonly status: RunStatus }) {
  const { sign, word } = SHOWN[status];
  return (
    <span className="state" data-state={status} role="status">
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}
