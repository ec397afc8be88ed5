import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Submission } from '../lib/entry';
import { parseHeader } from '../lib/header';
import type { StoredKey } from '../lib/keystore';

/** A registry that keeps one chain, and a network that can be taken away before or after it hears. */
const registry = vi.hoisted(() => ({
  stored: [] as { id: string; cseq: number; prev: string; header: string }[],
  network: 'up' as 'up' | 'down' | 'answers-lost' | 'busy' | 'refusing',
  hidden: false,
}));

function items(): Storage {
  const kept = new Map<string, string>();
  return { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, text: string) => void kept.set(name, text), removeItem: (name: string) => void kept.delete(name) } as unknown as Storage;
}

function locks() {
  let last: Promise<unknown> = Promise.resolve();
  return { request: (_: string, work: () => Promise<unknown>) => (last = last.then(work, work)) };
}

vi.stubGlobal('localStorage', items());
vi.stubGlobal('navigator', { locks: locks(), onLine: true });
vi.stubGlobal('dispatchEvent', () => true);
vi.stubGlobal('BroadcastChannel', undefined);

vi.mock('./log', () => ({ newestKnownCheckpoint: async () => ({ ledger: 'registry.example/1', size: 0, seen: '0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' }), logKey: async () => null, OtherLog: class extends Error {} }));
vi.mock('./client', async () => {
  const { Offline, Problem } = await import('./problem');
  return {
    read: async () => {
      if (registry.network === 'down') throw new Offline();
      if (registry.hidden) throw new Problem({}, 401);
      const last = registry.stored.at(-1);
      if (!last) throw new Problem({}, 404);
      return { cseq: last.cseq, head: last.id };
    },
  };
});
vi.mock('./submit', async (actual) => {
  const { Offline, Problem } = await import('./problem');
  const { entryId } = await import('../lib/header');
  return {
    ...(await actual<object>()),
    sendEntry: async ({ header }: Submission) => {
      if (registry.network === 'down') throw new Offline();
      if (registry.network === 'busy') throw new Problem({}, 429, '7');
      if (registry.network === 'refusing') throw new Problem({ rule: 'insufficient-balance' }, 409);
      const { cseq, prev, suite } = parseHeader(header)!;
      const id = await entryId(suite, header);
      const known = registry.stored.find((each) => each.cseq === cseq);
      if (known && known.id !== id) throw new Problem({ rule: 'chain-fork' }, 409);
      if (!known) registry.stored.push({ id, cseq, prev, header });
      if (registry.network === 'answers-lost') throw new Offline();
      return { index: cseq, known: Boolean(known), entry_id: id };
    },
  };
});

const { makeKey } = await import('../lib/keystore');
const { signAndSend, sendWaiting } = await import('./outbox');
const { dropWaiting, waitingEntries } = await import('./outbox_store');
const { trayOf } = await import('./tray_store');

let key: StoredKey;
const wish = (n: number) => ({ party: 'P-1', type: 'use.record/v1', payload: { use: `U-${n}` } });
const sign = (n: number, typed?: { name: string; values: object }) => signAndSend({ wishes: [wish(n)], author: key, typed }).then(([sent]) => sent!.fate);

beforeEach(async () => {
  for (const each of await waitingEntries()) await dropWaiting(each.id);
  Object.assign(registry, { stored: [], network: 'up', hidden: false });
  vi.stubGlobal('localStorage', items());
  key = await makeKey('p256-sha256', 'desk');
});

test('two pages that sign at once add two entries one behind the other', async () => {
  const fates = await Promise.all([sign(1), sign(2)]);
  expect(fates.every((each) => 'receipt' in each)).toBe(true);
  expect(registry.stored.map((each) => each.cseq)).toEqual([1, 2]);
  expect(registry.stored[1]!.prev).toBe(registry.stored[0]!.id);
});

test('without a network what is signed waits, one behind the other, and goes in that order', async () => {
  await sign(1);
  registry.network = 'down';
  expect(await sign(2)).toEqual({ waiting: { why: 'offline' } });
  expect(await sign(3)).toEqual({ waiting: { why: 'offline' } });
  registry.network = 'up';
  await sendWaiting();
  expect(registry.stored.map((each) => each.cseq)).toEqual([1, 2, 3]);
  expect(await waitingEntries()).toEqual([]);
});

test('an answer that is lost does not store the entry twice, and the next entry follows it', async () => {
  registry.network = 'answers-lost';
  expect(await sign(1)).toEqual({ waiting: { why: 'offline' } });
  registry.network = 'up';
  expect('receipt' in (await sign(2))).toBe(true);
  expect(registry.stored.map((each) => each.cseq)).toEqual([1, 2]);
});

test('a server that asks to wait is not told off: the entry waits as long as it said', async () => {
  registry.network = 'busy';
  expect(await sign(1)).toEqual({ waiting: { why: 'busy', seconds: 7 } });
  registry.network = 'up';
  await sendWaiting();
  expect(registry.stored).toHaveLength(1);
});

test('what is refused goes back to where it was typed, and what stood behind it to the tray', async () => {
  await sign(1);
  registry.network = 'down';
  await sign(2, { name: 'form', values: { use: 'U-2' } });
  await sign(3);
  registry.network = 'refusing';
  await sendWaiting();
  expect(localStorage.getItem('form')).toBe('{"use":"U-2"}');
  expect(trayOf('P-1').map((each) => each.wish.payload.use)).toEqual(['U-3']);
  expect(await waitingEntries()).toEqual([]);
});

test('something else that is typed there now is not written over', async () => {
  registry.network = 'refusing';
  localStorage.setItem('form', '{"use":"new"}');
  await sign(1, { name: 'form', values: { use: 'old' } });
  expect(localStorage.getItem('form')).toBe('{"use":"new"}');
  expect(trayOf('P-1')).toHaveLength(1);
});

test('an entry whose place was taken from another device is handed back, never sent as a second one for that place', async () => {
  await sign(1);
  registry.network = 'down';
  await sign(2);
  registry.network = 'up';
  registry.stored.push({ id: 'ab'.repeat(32), cseq: 2, prev: registry.stored[0]!.id, header: '' });
  await sendWaiting();
  expect(registry.stored.map((each) => each.cseq)).toEqual([1, 2]);
  expect(trayOf('P-1')).toHaveLength(1);
});

test('a place that was only remembered waits until somebody signs in who may see the chain', async () => {
  await sign(1);
  registry.network = 'down';
  await sign(2);
  Object.assign(registry, { network: 'up', hidden: true });
  await sendWaiting();
  expect(registry.stored).toHaveLength(1);
  registry.hidden = false;
  await sendWaiting();
  expect(registry.stored).toHaveLength(2);
});
