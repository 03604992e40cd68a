export interface LegendItem {
  readonly name: string;
  readonly color: string;
  readonly value: string;
}

/** Names, colours and the values at the place that is read: the newest one, or the one under the pointer. */
export function Legend({ items, caption }: { readonly items: readonly LegendItem[]; readonly caption?: string | undefined }) {
  return (
    <div className="legend">
      <ul>
        {items.map(({ name, color, value }) => (
          <li key={name}>
            <span className="swatch" style={{ background: color }} aria-hidden="true" />
            <span className="legend-name">{name}</span> <span className="legend-value">{value}</span>
          </li>
        ))}
      </ul>
      <span className="legend-at">{caption ?? 'latest'}</span>
    </div>
  );
}
