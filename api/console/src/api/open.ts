import { Offline, Problem } from './problem';

async function text(path: string): Promise<string> {
  const answer = await fetch(path).catch(() => {
    throw new Offline();
  });
  if (!answer.ok) throw await Problem.of(answer);
  return answer.text();
}

/** What anyone may read: the newest signed tree head, as its three lines say. */
export async function newestCheckpoint(): Promise<{ ledger: string; size: string; root: string; note: string }> {
  const note = await text('/log/checkpoint');
  const [ledger = '', size = '', root = ''] = note.split('\n');
  return { ledger, size, root, note };
}
