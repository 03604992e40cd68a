/** Takes secrets out of a text of the server, so that an error or a log line shows none. */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  const values = [...new Set(secrets)]
    .flatMap((value) => [value, value.replaceAll("'", "''"), JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])
    .filter((value) => value.length > 0)
    .sort((a, b) => b.length - a.length);
  return (text) => values.reduce((clean, value) => clean.replaceAll(value, '******'), text);
}
