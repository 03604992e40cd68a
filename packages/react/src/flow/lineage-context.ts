import { createContext } from 'react';

/** Which column is traced through the graph. */
export interface Lineage {
  /** `<node>.<column>` of everything on the trail; empty while nothing is traced. */
  readonly trail: ReadonlySet<string>;
  trace(column: string | null): void;
  /** The column that Tab reaches; arrow keys go on to the others. */
  readonly reached: string | null;
}

export const LineageContext = createContext<Lineage>({ trail: new Set(), trace: () => {}, reached: null });
