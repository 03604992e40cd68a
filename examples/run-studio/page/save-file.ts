/** Hands text to the person as a file. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[^\w. -]+/g, '_');
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
