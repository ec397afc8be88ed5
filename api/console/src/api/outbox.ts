import { signTogether, type ChainHead, type Prepared } from '../lib/entry';
import { parseHeader, type Header } from '../lib/header';
import { signerOf, type StoredKey } from '../lib/keystore';
import { chainHead, inChain, rememberHead } from './chain';
import { clock } from '../lib/clock';
import { dropWaiting, putWaiting, waitingEntries, type Typed, type Waiting } from './outbox_store';
import { Offline, Problem, type PackedProblem } from './problem';
import { draftEntries, sendEntry, signEntry, type Receipt, type Wish } from './submit';
import { putInTray } from './tray_store';

/** Why an entry is not sent yet: no connection, the server asks to wait, or somebody must sign in first. */
export type Hindrance = { why: 'offline' } | { why: 'busy'; seconds: number } | { why: 'signed-out' };

/** What became of an entry. One that is handed back was not stored: its place is taken, or one before it was refused. */
export type Fate = { receipt: Receipt } | { waiting: Hindrance } | { refused: Problem } | { handedBack: true };

export interface News {
  entry: Waiting;
  fate: Fate;
  /** Nobody waits for it at a dialog any more. */
  late: boolean;
}

type PackedNews = Omit<News, 'fate'> & { fate: Exclude<Fate, { refused: Problem }> | { packed: PackedProblem } };

const listeners = new Set<(news: News) => void>();
const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('tallystick.outbox') : null;
if (channel)
  channel.onmessage = ({ data }: { data: PackedNews }) =>
    hear({ ...data, fate: 'packed' in data.fate ? { refused: Problem.unpacked(data.fate.packed) } : data.fate });

function hear(news: News): void {
  for (const each of listeners) each(news);
}

/** To every page of this browser. */
function tell(news: News): void {
  hear(news);
  channel?.postMessage({ ...news, fate: 'refused' in news.fate ? { packed: news.fate.refused.packed() } : news.fate } satisfies PackedNews);
}

export function whenOutboxMoves(listener: (news: News) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const busyWait = 10;

/** Null for a refusal: nothing was stored, and sending it again changes nothing. */
function hindranceOf(error: unknown): Hindrance | null {
  if (error instanceof Offline) return { why: 'offline' };
  if (!(error instanceof Problem)) return null;
  return error.status === 429 || error.status >= 500 ? { why: 'busy', seconds: error.retryAfter ?? busyWait } : null;
}

const headerOf = (row: Waiting): Header => parseHeader(row.submission.header)!;

/** Whether the entry can still be sent: it follows the head, or it is the head. Anything else would be a second entry for one place. */
function fits(row: Waiting, head: ChainHead | null): boolean {
  const { cseq, prev } = headerOf(row);
  if (!head) return cseq === 1;
  return head.head === row.id || (head.cseq + 1 === cseq && head.head === prev);
}

/** The head by the registry; "hidden" when nobody is signed in who may see the chain. */
async function headNow(row: Waiting): Promise<ChainHead | null | 'hidden'> {
  const { key, cseq } = headerOf(row);
  try {
    const head = await chainHead(key);
    return head === null && cseq > 1 ? 'hidden' : head;
  } catch (error) {
    if (error instanceof Problem && (error.status === 401 || error.status === 403)) return 'hidden';
    throw error;
  }
}

/** `late`: it has waited, and the key may have been used elsewhere since. Only a place that was sure needs no second look. */
async function hasPlace(row: Waiting, late: boolean): Promise<boolean | 'hidden'> {
  if (!late) return true;
  const head = await headNow(row);
  if (head === 'hidden') return row.sure || 'hidden';
  return fits(row, head);
}

async function sendOne(row: Waiting, late: boolean): Promise<Fate> {
  try {
    const place = await hasPlace(row, late);
    if (place === 'hidden') return { waiting: { why: 'signed-out' } };
    if (!place) return { handedBack: true };
    const receipt = await sendEntry(row.submission);
    const { key, cseq } = headerOf(row);
    rememberHead(key, { cseq, head: row.id });
    return { receipt };
  } catch (error) {
    const waiting = hindranceOf(error);
    if (waiting) return { waiting };
    if (error instanceof Problem) return { refused: error };
    throw error;
  }
}

/** What was not stored goes back to where it was typed, or, if something else stands there now, to what waits for a signature. */
async function settle(row: Waiting, fate: Fate): Promise<void> {
  if ('waiting' in fate) return;
  await dropWaiting(row.id);
  if ('receipt' in fate) return;
  const typed = row.typed && { name: row.typed.name, text: JSON.stringify(row.typed.values) };
  const there = typed && localStorage.getItem(typed.name);
  if (typed && (there === null || there === typed.text)) localStorage.setItem(typed.name, typed.text);
  else putInTray(row.wish);
}

/** Sends what waits in one chain, in its order; `late` if it has waited before. Behind one that cannot be sent nothing is; behind one that is refused nothing can be. */
async function sendChain(key: string, late: boolean): Promise<Map<string, Fate>> {
  const rows = (await waitingEntries()).filter((each) => headerOf(each).key === key).sort((a, b) => headerOf(a).cseq - headerOf(b).cseq);
  const fates = new Map<string, Fate>();
  let before: Fate | null = null;
  for (const row of rows) {
    const fate: Fate = before === null ? await sendOne(row, late) : 'waiting' in before ? before : { handedBack: true };
    await settle(row, fate);
    tell({ entry: row, fate, late });
    fates.set(row.id, fate);
    if (!('receipt' in fate)) before = fate;
  }
  return fates;
}

/** Sends all that waits in this browser; nothing happens to what cannot be sent now. */
export async function sendWaiting(): Promise<void> {
  const keys = new Set((await waitingEntries()).map((each) => headerOf(each).key));
  for (const key of keys) await inChain(key, () => sendChain(key, true));
}

export interface Signing {
  wishes: readonly Wish[];
  author: StoredKey;
  /** Others who sign each entry after the author. */
  others?: readonly StoredKey[];
  typed?: Typed;
  /** The key has signed nothing yet. */
  first?: boolean;
}

async function signAll(entries: Prepared[], { author, others = [] }: Signing): Promise<void> {
  if (entries.length > 1) await signTogether(entries, signerOf(author));
  else await signEntry(entries[0]!, [author, ...others]);
}

/**
 * Signs and sends, each entry behind what the chain holds at this moment, in this page or in another. It is kept before
 * it is sent: whatever breaks off, it is known here and is sent again, and stored once. Resolves with the fate of each
 * wish. Throws what hindered it from being signed at all.
 */
export function signAndSend(signing: Signing, onSigned?: () => void): Promise<{ id: string; fate: Fate }[]> {
  const { wishes, author, typed, first } = signing;
  return inChain(author.id, async () => {
    if (!first) await sendChain(author.id, true);
    const { entries, sure } = await draftEntries(wishes, author, first);
    await signAll(entries, signing);
    const since = clock.now().toISOString();
    for (const [n, entry] of entries.entries())
      await putWaiting({ id: entry.id, wish: wishes[n]!, submission: entry.submission, since, sure, ...(typed ? { typed } : {}) });
    onSigned?.();
    const fates = await sendChain(author.id, false);
    return entries.map(({ id }) => ({ id, fate: fates.get(id) ?? { handedBack: true } }));
  });
}

/** An entry that was begun elsewhere and is complete now. */
export function sendSigned(entry: { id: string; wish: Wish; submission: Waiting['submission'] }): Promise<Fate> {
  const key = parseHeader(entry.submission.header)!.key;
  return inChain(key, async () => {
    await putWaiting({ ...entry, since: clock.now().toISOString(), sure: true });
    return (await sendChain(key, false)).get(entry.id) ?? { handedBack: true };
  });
}
