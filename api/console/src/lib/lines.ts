import { fromBase64, fromHex, type Bytes } from './bytes';

/** A number: digits, no leading zeros, at most 2^53 - 1. */
export function parseNumber(text: string): number | null {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

export function parseTime(text: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return null;
  const value = new Date(text);
  return !Number.isNaN(value.getTime()) && value.toISOString() === text ? text : null;
}

export interface CountedHash {
  count: number;
  hash: Bytes;
}

/** "<n> <hex hash>" */
export function parseCountedHash(text: string): CountedHash | null {
  const [count, hash, more] = text.split(' ');
  const parsed = parseNumber(count ?? '');
  const bytes = fromHex(hash ?? '', 32);
  return parsed === null || !bytes || more !== undefined ? null : { count: parsed, hash: bytes };
}

/** "<n> <base64 hash>" */
export function parseSizedRoot(text: string): CountedHash | null {
  const [count, root, more] = text.split(' ');
  const parsed = parseNumber(count ?? '');
  const bytes = fromBase64(root ?? '', 32);
  return parsed === null || !bytes || more !== undefined ? null : { count: parsed, hash: bytes };
}

/** Reads named lines in their order; null as soon as one is not there. */
export class LineReader {
  private at = 0;
  private readonly lines: string[];
  readonly ended: boolean;

  constructor(text: string) {
    this.lines = text.split('\n');
    this.ended = this.lines.pop() === '';
  }

  take(): string | null {
    return this.lines[this.at++] ?? null;
  }

  /** What stands behind the name and one blank. */
  value(name: string): string | null {
    const line = this.take();
    return line?.startsWith(`${name} `) ? line.slice(name.length + 1) : null;
  }

  rest(): string[] {
    return this.lines.slice(this.at);
  }
}
