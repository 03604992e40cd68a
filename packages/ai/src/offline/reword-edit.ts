import { actsOf } from './edit-acts.ts';

/** What is done at the start or the end of a short wish, said plainly. */
const PLAIN: Readonly<Record<string, (named: string) => string>> = {
  take: (named) => `without ${named}`,
  keep: (named) => `only ${named}`,
  put: (named) => `also ${named}`,
  swap: (named) => `${/^[A-Z]/.test(named) ? 'for ' : ''}${named} instead`,
};

/** The plain way to say a change: `throw out the failed ones` is `without the failed ones`; what does nothing else stays. */
export function reworded(prompt: string): string {
  const said = prompt
    .trim()
    .toLowerCase()
    .replace(/[.!?]+$/, '');
  // "how many flows were dropped" asks, and takes nothing away.
  if (/^(?:how|which|what|who|when)\b/.test(said)) return prompt;
  const { acts, count, text } = actsOf(said);
  const [act] = acts;
  const plain = act && PLAIN[act];
  const named = text.replace(/<\w+>/g, ' ').replace(/ +/g, ' ').trim();
  const isEdge = /^\s*(?:(?:please|now|and|ok|i|we|you|can|could|the) )*<|>\s*(?:please)?\s*$/.test(text);
  if (!plain || acts.size !== 1 || count(act) !== 1 || !isEdge || named === '' || named.split(' ').length > 7) return prompt;
  // Names stay as they are written: "same for Berlin".
  const at = prompt.toLowerCase().indexOf(named);
  return plain(at < 0 ? named : prompt.slice(at, at + named.length));
}
