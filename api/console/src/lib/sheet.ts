import type { SheetData } from 'write-excel-file/universal';

/** Cells of a table to save. All are texts, so that no code loses its zeros and no number its digits. */
export type Cells = string[][];

const widest = 46;

/** A Chinese character is two columns wide. */
function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 0);
}

/** A workbook of one sheet whose first row stays in sight. The library comes with the first table that is saved so. */
export async function xlsx(rows: Cells, sheet: string): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal');
  const data: SheetData = rows.map((row, n) => row.map((value) => ({ value, type: String, ...(n === 0 ? { fontWeight: 'bold' as const } : {}) })));
  const columns = (rows[0] ?? []).map((_, c) => ({ width: Math.min(widest, 2 + Math.max(...rows.slice(0, 200).map((row) => widthOf(row[c] ?? '')))) }));
  return write(data, { sheet, columns, stickyRowsCount: 1 }).toBlob();
}
