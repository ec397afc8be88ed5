import { createElement, useEffect, useState, type ComponentProps, type ComponentType, type ReactNode } from 'react';
import { Waiting } from './waiting';

const pause = 2_000;
const reloaded = 'tallystick.reloaded';

/** Until anything at all is answered: the network or the server is back. */
async function whenReachable(): Promise<void> {
  for (;;) {
    const answer = await fetch('/v1/checkpoint', { cache: 'no-store' }).catch(() => null);
    if (answer) return;
    await new Promise<void>((resolve) => {
      const done = () => (clearTimeout(timer), removeEventListener('online', done), resolve());
      const timer = setTimeout(done, pause);
      addEventListener('online', done);
    });
  }
}

/** A part that is gone although the server answers is one of an older version: the page is loaded anew, once. */
function loadAnew(): boolean {
  const last = Number(sessionStorage.getItem(reloaded) ?? 0);
  if (Date.now() - last < 60_000) return false;
  sessionStorage.setItem(reloaded, String(Date.now()));
  location.reload();
  return true;
}

async function fetchPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    await whenReachable();
  }
  try {
    return await load();
  } catch (error) {
    if (loadAnew()) return new Promise<T>(() => undefined);
    throw error;
  }
}

/** A page whose script comes when it is first opened, or when somebody thinks that it will be. */
export interface Lazy<P> {
  (props: P): ReactNode;
  fetch(): Promise<unknown>;
}

/**
 * Shown as soon as its script is there: React's own way (lazy, Suspense) holds back what follows a placeholder for 300 ms,
 * once for each part within another. Without a network the script comes when that is back.
 */
export function lazily<T extends ComponentType<any>>(load: () => Promise<{ default: T }>): Lazy<ComponentProps<T>> {
  let part: T | null = null;
  let coming: Promise<unknown> | null = null;
  const fetchOnce = () => (coming ??= fetchPart(load).then((it) => (part = it.default)));
  function Lazily(props: ComponentProps<T>) {
    const [, setThere] = useState(part !== null);
    useEffect(() => {
      const fail = (error: unknown) =>
        setThere(() => {
          throw error;
        });
      if (part === null) fetchOnce().then(() => setThere(true), fail);
    }, []);
    return part === null ? <Waiting /> : createElement(part, props);
  }
  return Object.assign(Lazily, { fetch: fetchOnce });
}
