import { NotABundle, verifyBundle, verifyReceipt, type Progress, type Verdict } from './bundle';
import { hex } from './bytes';
import { openCheckpoint, parseLogKey } from './note';

interface ReceiptFile {
  receipt?: unknown;
  leaf?: unknown;
}

function readObject(text: string): ReceiptFile & { format?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    if (value && typeof value === 'object') return value;
  } catch {
    // Falls through: whatever is no JSON object is no evidence.
  }
  throw new NotABundle('json');
}

const isNote = (text: string) => /^\S+\n\d+\n[A-Za-z0-9+/]{43}=\n\n\u2014 /.test(text);

/** A tree head alone: that the log signed it, and for how many entries. */
async function verifyCheckpoint(note: string, pinned: string): Promise<Verdict> {
  const log = await parseLogKey(pinned);
  if (!log) throw new NotABundle('pinned-key');
  const head = await openCheckpoint(note, log);
  const none = { entries: [], enrolments: [], signatures: head ? 1 : 0, keys: 0 };
  const checkpoint = head && { size: head.size, root: hex(head.root) };
  return { format: 'checkpoint', ledger: note.slice(0, note.indexOf('\n')), logKey: log.vkey, pinned: true, ...none, checkpoint, defects: head ? [] : [{ place: 'checkpoint', kind: 'checkpoint' }], limits: ['checkpoint-alone'] };
}

/** A tree head, a bundle, a statement, or a receipt with its leaf, as the registry answered it. */
export async function verifyEvidence(text: string, pinned: string | null, progress: Progress): Promise<Verdict> {
  const note = `${text.replaceAll('\r', '').trim()}\n`;
  if (isNote(note)) {
    if (pinned === null) throw new NotABundle('needs-key');
    return verifyCheckpoint(note, pinned);
  }
  const file = readObject(text.trim());
  if (typeof file.format === 'string') return verifyBundle(text, pinned, progress);
  if (typeof file.receipt !== 'string' || typeof file.leaf !== 'string') throw new NotABundle('format');
  if (pinned === null) throw new NotABundle('needs-key');
  return verifyReceipt(file.receipt, file.leaf, pinned);
}
