import { utf8 } from './bytes';

/** What a payload or an outcome is made of: no fractions, no numbers that a double cannot hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export class NotCanonical extends Error {}

function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}

function text(value: string): string {
  if (!isWellFormed(value)) throw new NotCanonical('half a character');
  return JSON.stringify(value);
}

/** RFC 8785 of our profile: integers within +-(2^53 - 1), keys in the order of their UTF-16 units. */
export function canonical(value: Json): string {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new NotCanonical(`the number ${value}`);
    return String(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${text(key)}:${canonical(value[key]!)}`);
  return `{${members.join(',')}}`;
}

/** The value of a canonical text, or null: whatever has another spelling, twice the same key included, is not one. */
export function readCanonical(given: string): Json | null {
  try {
    const value = JSON.parse(given) as Json;
    return canonical(value) === given ? value : null;
  } catch {
    return null;
  }
}

export function bytesOf(value: Json): Uint8Array {
  return utf8(canonical(value));
}
