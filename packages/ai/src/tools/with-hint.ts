/** What happened and what to do about it as two sentences. */
export function withHint(message: string, hint: string | undefined): string {
  if (hint === undefined) return message;
  return /[.!?:;]$/.test(message) ? `${message} ${hint}` : `${message}. ${hint}`;
}
