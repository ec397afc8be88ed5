import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

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

/** A page whose script comes when it is first opened; without a network it comes when that is back. */
// The properties of a page are checked where it is used.
export function lazily<T extends ComponentType<any>>(load: () => Promise<{ default: T }>): LazyExoticComponent<T> {
  return lazy(() => fetchPart(load));
}
