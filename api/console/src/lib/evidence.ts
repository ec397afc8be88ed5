import { NotABundle, verifyBundle, verifyReceipt, type Progress, type Verdict } from './bundle';

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

/** A bundle, a statement, or a receipt with its leaf, as the registry answered it. */
export async function verifyEvidence(text: string, pinned: string | null, progress: Progress): Promise<Verdict> {
  const file = readObject(text.trim());
  if (typeof file.format === 'string') return verifyBundle(text, pinned, progress);
  if (typeof file.receipt !== 'string' || typeof file.leaf !== 'string') throw new NotABundle('format');
  if (pinned === null) throw new NotABundle('needs-key');
  return verifyReceipt(file.receipt, file.leaf, pinned);
}
