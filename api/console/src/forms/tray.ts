import { signAndSend, type Hindrance } from '../api/outbox';
import { Problem } from '../api/problem';
import type { Receipt } from '../api/submit';
import { takeFromTray, type Unsigned } from '../api/tray_store';
import type { StoredKey } from '../lib/keystore';

export interface Sent {
  done: { unsigned: Unsigned; receipt: Receipt }[];
  /** Signed, and sent by themselves when that is possible again. */
  waiting: { count: number; why: Hindrance } | null;
  /** The first that was refused; it and those behind it are in the tray again, for their place in the chain is gone. */
  refused: { unsigned: Unsigned; problem: Problem | null } | null;
}

/** One signature over all of them, sent in order. What is signed leaves the tray; what was refused comes back into it. */
export async function signTray(rows: readonly Unsigned[], author: StoredKey): Promise<Sent> {
  const party = rows[0]!.wish.party;
  const fates = await signAndSend({ wishes: rows.map((each) => each.wish), author }, () => takeFromTray(party, rows.map((each) => each.id)));
  const out: Sent = { done: [], waiting: null, refused: null };
  for (const [n, { fate }] of fates.entries()) {
    const unsigned = rows[n]!;
    if ('receipt' in fate) out.done.push({ unsigned, receipt: fate.receipt });
    else if ('waiting' in fate) out.waiting = { count: (out.waiting?.count ?? 0) + 1, why: out.waiting?.why ?? fate.waiting };
    else out.refused ??= { unsigned, problem: 'refused' in fate ? fate.refused : null };
  }
  return out;
}
