import type { Column } from '@velostream/core/connect/formats';

/** A column without NULLs spread over more rows: row `i` takes the next value where `present[i]` is 1, and is NULL elsewhere. */
export function spread(dense: Column, present: Uint8Array, rows: number): Column {
  const nulls = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) nulls[i] = 1 - (present[i] as number);
  switch (dense.lane) {
    case 'f64': {
      const values = new Float64Array(rows);
      for (let i = 0, next = 0; i < rows; i++) if (present[i] === 1) values[i] = dense.values[next++] as number;
      return { lane: 'f64', values, nulls };
    }
    case 'i64': {
      const values = new BigInt64Array(rows);
      for (let i = 0, next = 0; i < rows; i++) if (present[i] === 1) values[i] = dense.values[next++] as bigint;
      return { lane: 'i64', values, nulls };
    }
    case 'bool': {
      const values = new Uint8Array(rows);
      for (let i = 0, next = 0; i < rows; i++) if (present[i] === 1) values[i] = dense.values[next++] as number;
      return { lane: 'bool', values, nulls };
    }
    case 'dict': {
      const values = new Int32Array(rows);
      for (let i = 0, next = 0; i < rows; i++) if (present[i] === 1) values[i] = dense.values[next++] as number;
      return { lane: 'dict', values, nulls, dictionary: dense.dictionary };
    }
    case 'str': {
      const values = new Array<string>(rows).fill('');
      for (let i = 0, next = 0; i < rows; i++) if (present[i] === 1) values[i] = dense.values[next++] as string;
      return { lane: 'str', values, nulls };
    }
    case 'boxed': {
      let next = 0;
      const values = Array.from({ length: rows }, (_, i) => (present[i] === 1 ? (dense.values[next++] ?? null) : null));
      return { lane: 'boxed', values, nulls };
    }
  }
}
