import { fromBase64, utf8, type Bytes } from './bytes';
import { parseNumber } from './lines';
import { isIncluded, leafHash } from './merkle';
import { openCheckpoint, type Checkpoint, type LogKey } from './note';

export interface Receipt {
  index: number;
  path: Bytes[];
  note: string;
}

/** c2sp.org/tlog-proof@v1 */
export function parseReceipt(text: string): Receipt | null {
  const gap = text.indexOf('\n\n');
  if (gap < 0) return null;
  const [magic, place, ...hashes] = text.slice(0, gap).split('\n');
  const index = place?.startsWith('index ') ? parseNumber(place.slice(6)) : null;
  const path = hashes.map((each) => fromBase64(each, 32));
  if (magic !== 'c2sp.org/tlog-proof@v1' || index === null || path.some((each) => !each)) return null;
  return { index, path: path as Bytes[], note: text.slice(gap + 2) };
}

export type ReceiptFault = 'receipt-form' | 'checkpoint' | 'path' | 'seq';

/** Does the leaf stand where the receipt says, under a tree head of this log? */
export async function checkReceipt(
  text: string,
  leaf: string,
  log: LogKey,
): Promise<{ index: number; checkpoint: Checkpoint } | ReceiptFault> {
  const receipt = parseReceipt(text);
  if (!receipt) return 'receipt-form';
  const checkpoint = await openCheckpoint(receipt.note, log);
  if (!checkpoint) return 'checkpoint';
  const place = await leafHash(utf8(leaf));
  if (!(await isIncluded(receipt.index, checkpoint.size, place, receipt.path, checkpoint.root))) return 'path';
  if (!leaf.startsWith(`ledger.leaf/v1\nseq ${receipt.index}\n`)) return 'seq';
  return { index: receipt.index, checkpoint };
}
