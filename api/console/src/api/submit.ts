import type { Json } from '../lib/canonical';
import { addSignature, next, prepare, type ChainHead, type Draft, type Prepared, type PrivateValue, type Signer, type Submission } from '../lib/entry';
import { inStore, signerOf, type StoredKey } from '../lib/keystore';
import { checkReceipt } from '../lib/receipt';
import { read, send, serverTime } from './client';
import { logKey, newestCheckpoint, OtherLog } from './log';
import { Offline, Problem } from './problem';

/** What the registry answered, with its receipt verified here. */
export interface Receipt {
  index: number;
  known: boolean;
  entry_id: string;
  rtime: string;
  leaf: string;
  outcome: string;
  receipt: string;
}

export interface Wish {
  party: string;
  type: string;
  payload: { [key: string]: Json };
  values?: PrivateValue[];
}

async function chainHead(key: string): Promise<ChainHead | null> {
  try {
    const head = await read('/v1/chains/{chain}', { path: { chain: key.slice(0, 32) } });
    return { cseq: Number(head.cseq), head: head.head! };
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

/** The entry as it would be signed now. `first`: the key has signed nothing yet, and may not ask for its chain. */
export async function draftEntry(wish: Wish, author: Pick<Signer, 'suite' | 'id'>, first = false): Promise<Prepared> {
  const [head, seen] = await Promise.all([first ? null : chainHead(author.id), newestCheckpoint()]);
  const draft: Draft = { ledger: seen.ledger, ...wish, seen: seen.seen, time: serverTime().toISOString() };
  return prepare(draft, author, head);
}

/** Several entries of one chain, each behind the one before, to be signed together. */
export async function draftTogether(wishes: readonly Wish[], author: Pick<Signer, 'suite' | 'id'>): Promise<Prepared[]> {
  const [head, seen] = await Promise.all([chainHead(author.id), newestCheckpoint()]);
  const out: Prepared[] = [];
  for (const wish of wishes) {
    const draft: Draft = { ledger: seen.ledger, ...wish, seen: seen.seen, time: serverTime().toISOString() };
    out.push(await prepare(draft, author, out.length ? next(out.at(-1)!) : head));
  }
  return out;
}

export async function signEntry(entry: Prepared, keys: StoredKey[]): Promise<void> {
  for (const key of keys) await addSignature(entry, signerOf(key));
}

/** Sent, and the receipt verified: the leaf stands in the log and holds the header that was signed here. */
export async function sendEntry(submission: Submission): Promise<Receipt> {
  const answer = (await send('POST', '/v1/entries', submission)) as Receipt;
  const proven = await checkReceipt(answer.receipt, answer.leaf, await logKey());
  if (typeof proven === 'string' || proven.index !== answer.index) throw new OtherLog();
  if (!answer.leaf.includes(submission.header)) throw new OtherLog();
  return answer;
}

/** Signed entries whose fate is unknown because the connection broke. Sent again they are stored once. */
export interface Waiting {
  id: string;
  party: string;
  type: string;
  submission: Submission;
  since: string;
}

const outbox = 'drafts';

export function keepForLater(entry: Prepared, wish: Wish): Promise<unknown> {
  const row: Waiting = { id: entry.id, party: wish.party, type: wish.type, submission: entry.submission, since: new Date().toISOString() };
  return inStore(outbox, 'readwrite', (store) => store.put(row));
}

export function waitingEntries(): Promise<Waiting[]> {
  return inStore(outbox, 'readonly', (store) => store.getAll() as IDBRequest<Waiting[]>);
}

async function drop(id: string): Promise<void> {
  await inStore(outbox, 'readwrite', (store) => store.delete(id));
}

/** Sends what waits, oldest first. Stops at a lost connection; a refused entry is dropped and handed back. */
export async function sendWaiting(): Promise<{ sent: Waiting[]; refused: { entry: Waiting; problem: Problem }[] }> {
  const out = { sent: [] as Waiting[], refused: [] as { entry: Waiting; problem: Problem }[] };
  const rows = (await waitingEntries()).sort((a, b) => a.since.localeCompare(b.since));
  for (const entry of rows) {
    try {
      await sendEntry(entry.submission);
      out.sent.push(entry);
    } catch (error) {
      if (error instanceof Offline || !(error instanceof Problem) || error.status >= 500 || error.status === 429) return out;
      out.refused.push({ entry, problem: error });
    }
    await drop(entry.id);
  }
  return out;
}
