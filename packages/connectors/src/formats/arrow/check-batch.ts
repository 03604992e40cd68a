import { type Data, type DataType, type RecordBatch, Type } from './arrow-library.ts';

/** Rows of a batch whose columns have no bytes to count them by. */
const ROWS_MAX = 1 << 24;
const DEPTH_MAX = 64;

/** The library takes lengths as a file gives them. A batch is used only once its bytes are there for as many rows as it says. */
export function checkBatch(batch: RecordBatch): void {
  const rows = batch.numRows;
  if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError(`a batch has ${rows} rows`);
  // The library makes an empty batch of its own where there is none.
  if (rows === 0) return;
  const children = batch.data.children as readonly Data[];
  let isCounted = false;
  for (const data of children) {
    if (data.length < rows) throw new RangeError('a column has fewer values than its batch');
    checkData(data, rows, 0);
    if ((data.type as DataType).typeId !== Type.Null) isCounted = true;
  }
  if (!isCounted && rows > ROWS_MAX) throw new RangeError(`a batch without bytes has ${rows} rows`);
}

function checkData(data: Data, length: number, depth: number): void {
  if (depth > DEPTH_MAX) throw new RangeError('columns are nested too deep');
  const type = data.type as DataType;
  const end = (data.offset ?? 0) + length;
  if (data.nullBitmap && data.nullBitmap.length > 0 && data.nullBitmap.length * 8 < length) throw short();
  const values = data.values as unknown as { readonly length: number } | undefined;
  const has = values?.length ?? 0;
  switch (type.typeId) {
    case Type.Null:
      return;
    case Type.Bool:
      if (has * 8 < length) throw short();
      return;
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Binary:
    case Type.LargeBinary:
      checkOffsets(data, length, has);
      return;
    case Type.List:
    case Type.LargeList:
    case Type.Map: {
      const [child] = data.children as readonly Data[];
      if (child === undefined) throw short();
      checkOffsets(data, length, child.length);
      checkData(child, child.length, depth + 1);
      return;
    }
    case Type.FixedSizeList: {
      const [child] = data.children as readonly Data[];
      const { listSize } = type as unknown as { readonly listSize: number };
      if (child === undefined || !(listSize >= 0) || child.length < length * listSize) throw short();
      checkData(child, child.length, depth + 1);
      return;
    }
    case Type.Struct:
      for (const child of data.children as readonly Data[]) {
        if (child.length < length) throw short();
        checkData(child, length, depth + 1);
      }
      return;
    case Type.Utf8View:
    case Type.BinaryView:
      if (has < length * 16) throw short();
      return;
    case Type.Union:
      if (((data.typeIds as unknown as ArrayLike<number> | undefined)?.length ?? 0) < length) throw short();
      return;
    default:
      // Numbers of all kinds, indexes of dictionaries, decimals and byte strings of one size.
      if (has < Math.max(length, 1) * Math.max(1, data.stride) - (length === 0 ? data.stride : 0) || end < length) throw short();
  }
}

function checkOffsets(data: Data, length: number, room: number): void {
  const offsets = data.valueOffsets as unknown as ArrayLike<number | bigint> | undefined;
  if (length === 0) return;
  if (offsets === undefined || offsets.length < length + 1) throw short();
  let before = Number(offsets[0]);
  if (before < 0) throw short();
  for (let i = 1; i <= length; i++) {
    const at = Number(offsets[i]);
    if (at < before) throw new RangeError('offsets of a column go back');
    before = at;
  }
  if (before > room) throw short();
}

const short = (): RangeError => new RangeError('a column has fewer bytes than its rows need');
