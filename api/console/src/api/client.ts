import createClient, { type Middleware } from 'openapi-fetch';
import type { PathsWithMethod } from 'openapi-typescript-helpers';
import { clock } from '../lib/clock';
import { Offline, Problem } from './problem';
import type { Answers } from './rows';
import type { paths } from './schema';

type GetPath = PathsWithMethod<paths, 'get'>;
type Described<P extends GetPath> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer T } } } } } ? T : unknown;
export type Answer<P extends GetPath> = P extends keyof Answers ? Answers[P] : Described<P>;
export type Query<P extends GetPath> = paths[P] extends { get: { parameters: { query?: infer Q } } } ? Q : never;

/** The header that says why an official looks at what belongs to others; it lands in the log of reads. */
let purpose: string | null = null;
const purposeListeners = new Set<() => void>();
export function lookFor(header: string | null): void {
  purpose = header;
  for (const each of purposeListeners) each();
}

export function whenPurposeChanges(listener: () => void): () => void {
  purposeListeners.add(listener);
  return () => purposeListeners.delete(listener);
}

export function purposeHeader(): Record<string, string> {
  return purpose ? { 'Tallystick-Purpose': purpose } : {};
}

/** Somebody sits here when a key, a finger or the mouse has moved within the last minute; pages that read again by themselves must keep no session awake. */
const attention = 60_000;
let lastInput = Date.now();
for (const each of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
  if (typeof addEventListener === 'function') addEventListener(each, () => (lastInput = Date.now()), { passive: true, capture: true });

function attended(): boolean {
  return Date.now() - lastInput < attention;
}

/** What every request says about why and by whom it is made. */
export function manners(): Record<string, string> {
  return { ...purposeHeader(), ...(attended() ? {} : { 'Tallystick-Unattended': '?1' }) };
}

/** Longer than any answer takes; a connection that says nothing for so long is none. */
const answerMax = 30_000;

const stamps: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(manners())) request.headers.set(name, value);
    return request;
  },
  async onResponse({ response }) {
    clock.hear(response.headers.get('date'), false);
    if (!response.ok) throw await Problem.of(response);
    return undefined;
  },
  onError({ error }) {
    return error instanceof Problem ? error : new Offline();
  },
};

const client = createClient<paths>({ baseUrl: '' });
client.use(stamps);

/** GET of a described path, its places filled in. Throws Problem or Offline. */
export async function read<P extends GetPath>(
  path: P,
  params: { path?: Record<string, string | number>; query?: Query<P> } = {},
): Promise<Answer<P>> {
  const get = client.GET as unknown as (path: P, init: unknown) => Promise<{ data?: unknown }>;
  return (await get(path, { params })).data as Answer<P>;
}

/** Any request, with the same errors; an answer that breaks off is none. */
export async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...manners() },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: 'no-store',
    signal: AbortSignal.timeout(answerMax),
  }).catch(() => {
    throw new Offline();
  });
  clock.hear(response.headers.get('date'), true);
  if (!response.ok) throw await Problem.of(response);
  if (response.status === 204) return null;
  return response.json().catch(() => {
    throw new Offline();
  });
}

/** A file as it is: bundles and tables to save. `tell` hears how many bytes have come, and of how many if that is known. */
export async function fetchFile(path: string, signal?: AbortSignal, tell?: (bytes: { done: number; all: number | null }) => void): Promise<Blob> {
  const response = await fetch(path, { signal, headers: manners() }).catch((error: unknown) => {
    throw signal?.aborted ? error : new Offline();
  });
  if (!response.ok) throw await Problem.of(response);
  if (!tell || !response.body) return response.blob();
  const length = response.headers.get('content-encoding') ? null : response.headers.get('content-length');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done: isEnd, value } = await reader.read();
    if (isEnd) break;
    parts.push(value as Uint8Array<ArrayBuffer>);
    done += value.length;
    tell({ done, all: length ? Number(length) : null });
  }
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
}

export type { GetPath };
