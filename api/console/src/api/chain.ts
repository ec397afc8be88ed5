import type { ChainHead } from '../lib/entry';
import { parseHeader } from '../lib/header';
import { read } from './client';
import { waitingEntries } from './outbox_store';
import { Offline, Problem } from './problem';

const kept = (key: string) => `tallystick.chain.${key}`;

/** One page of this browser at a time adds to the chain of a key: two entries for one place would freeze it. */
export function inChain<T>(key: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(`tallystick.chain.${key}`, work) as Promise<T>;
}

export function rememberHead(key: string, head: ChainHead | null): void {
  localStorage.setItem(kept(key), JSON.stringify(head));
}

/** How far the chain has come, by the registry; null before its first entry. */
export async function chainHead(key: string): Promise<ChainHead | null> {
  try {
    const { cseq, head } = await read('/v1/chains/{chain}', { path: { chain: key.slice(0, 32) } });
    return { cseq: Number(cseq), head: head! };
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

async function lastWaiting(key: string) {
  const rows = (await waitingEntries()).filter((each) => parseHeader(each.submission.header)!.key === key);
  const placed = rows.map((row) => ({ row, cseq: parseHeader(row.submission.header)!.cseq }));
  return placed.sort((a, b) => b.cseq - a.cseq)[0] ?? null;
}

/**
 * What the next entry of a key follows: the last one that waits to be sent, else what the registry says, else, without a
 * connection, what it said last. `sure`: it did not have to be remembered.
 */
export async function headToFollow(key: string): Promise<{ head: ChainHead | null; sure: boolean }> {
  const last = await lastWaiting(key);
  if (last) return { head: { cseq: last.cseq, head: last.row.id }, sure: last.row.sure };
  try {
    const head = await chainHead(key);
    rememberHead(key, head);
    return { head, sure: true };
  } catch (error) {
    const known = error instanceof Offline ? localStorage.getItem(kept(key)) : null;
    if (known === null) throw error;
    return { head: JSON.parse(known) as ChainHead | null, sure: false };
  }
}
