import { base64 } from '../lib/bytes';
import { openCheckpoint, parseLogKey, type LogKey } from '../lib/note';
import { clock } from '../lib/clock';
import { Offline, Problem } from './problem';

/** The registry shows another log key than the one this browser has known it by. */
export class OtherLog extends Error {}

const kept = 'tallystick.log-key';
const keptHead = 'tallystick.checkpoint';

export interface Seen {
  ledger: string;
  size: number;
  root: string;
  seen: string;
}

async function get(path: string): Promise<Response> {
  const answer = await fetch(path, { cache: 'no-store' }).catch(() => {
    throw new Offline();
  });
  clock.hear(answer.headers.get('date'), true);
  if (!answer.ok) throw await Problem.of(answer);
  return answer;
}

/** The key of the log: believed at first sight, and never another one after that. */
export async function logKey(): Promise<LogKey> {
  const { log_key: vkey } = (await (await get('/v1/checkpoint')).json()) as { log_key: string };
  const key = await parseLogKey(vkey);
  const known = localStorage.getItem(kept);
  if (!key || (known !== null && known !== vkey)) throw new OtherLog();
  localStorage.setItem(kept, vkey);
  return key;
}

/** The newest tree head as a note, with the log's signature verified here. */
export async function newestNote() {
  const key = await logKey();
  const note = await (await get('/log/checkpoint')).text();
  const head = await openCheckpoint(note, key);
  if (!head) throw new OtherLog();
  return { note, head };
}

/** The same as an entry names it. */
export async function newestCheckpoint(): Promise<Seen> {
  const { head } = await newestNote();
  const root = base64(head.root);
  const seen = { ledger: head.ledger, size: head.size, root, seen: `${head.size} ${root}` };
  localStorage.setItem(keptHead, JSON.stringify(seen));
  return seen;
}

/** Without a connection: the one that was verified last. */
export async function newestKnownCheckpoint(): Promise<Seen> {
  try {
    return await newestCheckpoint();
  } catch (error) {
    const text = error instanceof Offline ? localStorage.getItem(keptHead) : null;
    if (!text) throw error;
    return JSON.parse(text) as Seen;
  }
}
