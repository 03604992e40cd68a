export interface LegendItem {
  readonly name: string;
  readonly color: string;
  readonly value: string;
}

/** Names, colours and the values at the place that is read: the newest one, or the one under the pointer. */
export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <ul className="legend">
      {items.map(({ name, color, value }) => (
        <li key={name}>
          <span className="swatch" style={{ background: color }} aria-hidden="true" />
          <span className="legend-name">{name}</span> <span className="legend-value">{value}</span>
        </li>
      ))}
    </ul>
  );
}
