interface ExcerptProps {
  readonly sql: string;
  readonly range: { readonly start: number; readonly end: number; readonly line: number };
}

/** The line of a problem with carets below the place. */
export function Excerpt({ sql, range: { start, end, line } }: ExcerptProps) {
  const lineStart = sql.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = sql.indexOf('\n', start);
  const text = sql.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
  const from = start - lineStart;
  const width = Math.max(1, Math.min(end - lineStart, text.length) - from);
  return (
    <code className="excerpt">
      <span className="excerpt-line">{line}</span>
      <span>
        {text}
        {'\n'}
        <span className="carets">{' '.repeat(from) + '^'.repeat(width)}</span>
      </span>
    </code>
  );
}
