import { useEffect, useSyncExternalStore } from 'react';
import { purposeHeader, whenPurposeChanges } from './client';
import { touches, type Change, type Changed, type StreamEvent } from './events';
import { mustSayWhy } from './purpose';
import { queries } from './queries';
import { useSession, type Session } from './session';
import { Stream, type StreamState } from './stream';

/** While the stream is cut, what is on the screen is read again this often. */
const fallback = 30_000;
/** A break that is over by then is not worth a word. */
const patience = 3_000;
const name = 'tallystick.live';

export interface News {
  id: string;
  /** When this page heard of it. */
  at: number;
}

interface Live {
  state: StreamState;
  /** Findings that were opened while this page was open and that nobody has looked at here. */
  findings: News[];
}

type Told = { state: StreamState } | { event: StreamEvent } | { over: true };

let live: Live = { state: 'starting', findings: [] };
const listeners = new Set<() => void>();

function set(next: Partial<Live>): void {
  live = { ...live, ...next };
  for (const each of listeners) each();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLive(): Live {
  return useSyncExternalStore(subscribe, () => live);
}

export function seen(finding: string): void {
  if (live.findings.some((each) => each.id === finding)) set({ findings: live.findings.filter((each) => each.id !== finding) });
}

export function seenAll(): void {
  if (live.findings.length) set({ findings: [] });
}

function readAgain(changed: Changed[]): void {
  void queries.invalidateQueries({ predicate: (query) => touches(changed, query.queryKey) });
}

function readAllAgain(): void {
  void queries.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith('/v1/') });
}

function take(event: StreamEvent): void {
  // From here on all is told; what was read before may be old.
  if (event.name === 'ready') return readAllAgain();
  if (event.name !== 'change') return;
  const { changed } = JSON.parse(event.data) as Change;
  const opened = changed.filter((each) => each.kind === 'finding' && each.new).map(({ id }) => ({ id, at: Date.now() }));
  if (opened.length) set({ findings: [...opened, ...live.findings] });
  readAgain(changed);
}

/** One page of this browser listens and tells the others: a browser opens six connections to a server, and no more. */
function listen(signal: AbortSignal, lapse: () => void): void {
  const channel = new BroadcastChannel(name);
  const hear = (told: Told) => {
    if ('state' in told) set({ state: told.state });
    if ('event' in told) take(told.event);
    if ('over' in told) lapse();
  };
  const tell = (told: Told) => {
    hear(told);
    channel.postMessage(told);
  };
  channel.onmessage = ({ data }) => hear(data as Told);
  signal.addEventListener('abort', () => channel.close());
  const stream = new Stream({
    onState: (state) => tell({ state }),
    onEvent: (event) => tell({ event }),
    onSignedOut: () => tell({ over: true }),
  });
  navigator.locks.request(name, { signal }, () => stream.run(signal)).catch(() => null);
}

/** Keeps what this page shows up to date for as long as somebody is signed in and has said why. */
export function useKeepingUp(session: Session | null): void {
  const purpose = useSyncExternalStore(whenPurposeChanges, () => purposeHeader()['Tallystick-Purpose'] ?? null);
  const { lapse } = useSession();
  const ready = session !== null && (!mustSayWhy(session) || purpose !== null);
  const who = session?.key;
  useEffect(() => {
    if (!ready) return undefined;
    const stopping = new AbortController();
    set({ state: 'starting', findings: [] });
    listen(stopping.signal, lapse);
    return () => stopping.abort();
  }, [ready, who, purpose, lapse]);
  useFallback();
}

function useFallback(): void {
  const { state } = useLive();
  useEffect(() => {
    if (state !== 'cut') return undefined;
    const timer = setInterval(readAllAgain, fallback);
    return () => clearInterval(timer);
  }, [state]);
}

export { fallback, patience };
