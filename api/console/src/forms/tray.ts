import { draftTogether, sendEntry, type Receipt, type Wish } from '../api/submit';
import { signTogether } from '../lib/entry';
import { signerOf, type StoredKey } from '../lib/keystore';

/** Forms that are filled in and wait to be signed together, of one party; kept in the browser until then. */
export interface Waiting {
  id: string;
  wish: Wish;
  since: string;
}

const kept = (party: string) => `tallystick.tray.${party}`;

export function trayOf(party: string): Waiting[] {
  return JSON.parse(localStorage.getItem(kept(party)) ?? '[]') as Waiting[];
}

function store(party: string, rows: Waiting[]): void {
  localStorage.setItem(kept(party), JSON.stringify(rows));
  dispatchEvent(new Event('tallystick-tray'));
}

export function putInTray(wish: Wish): void {
  store(wish.party, [...trayOf(wish.party), { id: crypto.randomUUID(), wish, since: new Date().toISOString() }]);
}

export function takeFromTray(party: string, ids: readonly string[]): void {
  store(party, trayOf(party).filter((each) => !ids.includes(each.id)));
}

export interface Sent {
  done: { waiting: Waiting; receipt: Receipt }[];
  /** The first that was refused; those behind it were not sent and stay, for their place in the chain is gone. */
  failed: { waiting: Waiting; error: unknown } | null;
}

/** One signature over all of them; sent in order, each receipt verified, and taken from the tray one by one. */
export async function signTray(rows: readonly Waiting[], key: StoredKey, onStep: (done: number) => void): Promise<Sent> {
  const entries = await draftTogether(rows.map((each) => each.wish), key);
  await signTogether(entries, signerOf(key));
  const out: Sent = { done: [], failed: null };
  for (const [n, waiting] of rows.entries()) {
    try {
      const receipt = await sendEntry(entries[n]!.submission);
      takeFromTray(waiting.wish.party, [waiting.id]);
      out.done.push({ waiting, receipt });
      onStep(n + 1);
    } catch (error) {
      return { ...out, failed: { waiting, error } };
    }
  }
  return out;
}
