import { manners } from './client';
import { EventReader, type StreamEvent } from './events';
import { Problem } from './problem';

/** The heartbeat comes every 15 seconds: a stream that is silent for longer is dead, whatever the network says. */
const silenceMax = 40_000;
const firstWait = 500;
const longestWait = 30_000;

export type StreamState = 'starting' | 'live' | 'cut' | 'over';

export interface StreamHost {
  onState(state: StreamState): void;
  onEvent(event: StreamEvent): void;
  /** The session has ended; nothing is tried any more. */
  onSignedOut(): void;
}

/** A little apart from each other, or a server that comes back meets everybody at once. */
export function waitBefore(attempt: number, random = Math.random()): number {
  return Math.min(longestWait, firstWait * 2 ** attempt) * (0.5 + random / 2);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}

/** Listens to /v1/stream until told to stop, and goes on after each break with the last id it was told. */
export class Stream {
  private last = '';
  private attempt = 0;

  constructor(private readonly host: StreamHost) {}

  async run(signal: AbortSignal): Promise<void> {
    this.host.onState('starting');
    while (!signal.aborted) {
      const wait = await this.listen(signal).catch((error: unknown) => this.afterTrouble(error));
      if (wait === null || signal.aborted) return;
      this.host.onState('cut');
      await pause(wait, signal);
    }
  }

  /** How long to wait before the next try; null when there must be none. */
  private afterTrouble(error: unknown): number | null {
    if (error instanceof Problem && error.status === 401) {
      this.host.onState('over');
      this.host.onSignedOut();
      return null;
    }
    if (error instanceof Problem && error.status === 403) {
      this.host.onState('over');
      return null;
    }
    const asked = error instanceof Problem ? (error.retryAfter ?? 0) * 1000 : 0;
    return Math.max(asked, waitBefore(this.attempt++));
  }

  /** One connection, from its first byte to its last. */
  private async listen(signal: AbortSignal): Promise<number | null> {
    const cut = new AbortController();
    const end = () => cut.abort();
    signal.addEventListener('abort', end);
    let watch = setTimeout(end, silenceMax);
    try {
      const response = await fetch('/v1/stream', { headers: this.headers(), signal: cut.signal, cache: 'no-store' });
      if (!response.ok) throw await Problem.of(response);
      const reader = new EventReader();
      reader.id = this.last;
      const pieces = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await pieces.read();
        if (done) throw new Error('the stream ended');
        clearTimeout(watch);
        watch = setTimeout(end, silenceMax);
        for (const event of reader.read(value)) if (!this.take(event)) return null;
        this.last = reader.id;
      }
    } finally {
      clearTimeout(watch);
      signal.removeEventListener('abort', end);
      cut.abort();
    }
  }

  private headers(): Record<string, string> {
    return { ...manners(), ...(this.last ? { 'Last-Event-ID': this.last } : {}) };
  }

  /** False when the server has said the last word. */
  private take(event: StreamEvent): boolean {
    if (event.name === 'ready') {
      this.attempt = 0;
      this.host.onState('live');
    }
    if (event.name === 'end') {
      const { why } = JSON.parse(event.data) as { why: string };
      if (why === 'session-ended') {
        this.host.onState('over');
        this.host.onSignedOut();
        return false;
      }
    }
    this.host.onEvent(event);
    return true;
  }
}
