import type { Json } from '../lib/canonical';
import { addSignature, next, prepare, type ChainHead, type Draft, type Prepared, type PrivateValue, type Signer, type Submission } from '../lib/entry';
import { signerOf, type StoredKey } from '../lib/keystore';
import { checkReceipt } from '../lib/receipt';
import { headToFollow } from './chain';
import { send } from './client';
import { clock } from '../lib/clock';
import { logKey, newestKnownCheckpoint, OtherLog } from './log';

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

/** Entries as they would be signed now, each behind the one before. `first`: the key has signed nothing yet, and may not ask for its chain. */
export async function draftEntries(wishes: readonly Wish[], author: Pick<Signer, 'suite' | 'id'>, first = false): Promise<{ entries: Prepared[]; sure: boolean }> {
  const [place, seen] = await Promise.all([first ? { head: null, sure: true } : headToFollow(author.id), newestKnownCheckpoint()]);
  const entries: Prepared[] = [];
  let head: ChainHead | null = place.head;
  for (const wish of wishes) {
    const draft: Draft = { ledger: seen.ledger, ...wish, seen: seen.seen, time: clock.now().toISOString() };
    entries.push(await prepare(draft, author, head));
    head = next(entries.at(-1)!);
  }
  return { entries, sure: place.sure };
}

export async function draftEntry(wish: Wish, author: Pick<Signer, 'suite' | 'id'>): Promise<Prepared> {
  return (await draftEntries([wish], author)).entries[0]!;
}

export async function signEntry(entry: Prepared, keys: readonly StoredKey[]): Promise<void> {
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
