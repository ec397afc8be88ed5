import type { Submission } from '../lib/entry';
import { inStore } from '../lib/keystore';
import type { Wish } from './submit';

/** What was typed, and where it is kept, to go back there if the entry is refused. */
export interface Typed {
  name: string;
  values: object;
}

/** A signed entry of which this browser does not know yet whether it is stored. Sent again it is stored once. */
export interface Waiting {
  id: string;
  wish: Wish;
  submission: Submission;
  since: string;
  /** Its place in the chain was told by the registry, not remembered. */
  sure: boolean;
  typed?: Typed;
}

const outbox = 'drafts';

export function waitingEntries(): Promise<Waiting[]> {
  return inStore(outbox, 'readonly', (store) => store.getAll() as IDBRequest<Waiting[]>);
}

export async function putWaiting(row: Waiting): Promise<void> {
  await inStore(outbox, 'readwrite', (store) => store.put(row));
}

export async function dropWaiting(id: string): Promise<void> {
  await inStore(outbox, 'readwrite', (store) => store.delete(id));
}
