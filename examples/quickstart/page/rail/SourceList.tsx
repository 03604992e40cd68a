import type { SourceInfo } from '../../engine/messages.ts';

/** What can be queried, with columns and types. */
export function SourceList({ sources }: { readonly sources: readonly SourceInfo[] }) {
  return (
    <section className="sources" aria-labelledby="sources-title">
      <h2 id="sources-title">Sources</h2>
      {sources.map(({ name, extent, about, schema }, i) => (
        <details key={name} open={i === 0}>
          <summary>
            <code>{name}</code>
            <span className="extent">{extent}</span>
          </summary>
          <p>{about}</p>
          <ul>
            {schema.columns.map((column) => (
              <li key={column.name}>
                <code>{column.name}</code>
                <span className="type">
                  {column.type.toLowerCase()}
                  {column.name === schema.eventTime && <abbr title="event time: windows and watermarks go by this column"> · time</abbr>}
                  {schema.key?.includes(column.name) && <abbr title="key of the table"> · key</abbr>}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}
