interface Range {
  readonly start: number;
  readonly end: number;
}

/** Replaces a part of a text area so that undo takes it back. */
export function replaceText(area: HTMLTextAreaElement, text: string, { start, end }: Range = { start: 0, end: area.value.length }): void {
  area.focus();
  area.setSelectionRange(start, end);
  // Deprecated, yet the one way that keeps the history of the text area; without it the text is set directly.
  const isDone = document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  if (!isDone) area.setRangeText(text, start, end, 'end');
}
