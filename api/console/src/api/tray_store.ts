import type { Wish } from './submit';

/** Forms that are filled in and wait to be signed together, of one party; kept in the browser until then. */
export interface Unsigned {
  id: string;
  wish: Wish;
  since: string;
}

const kept = (party: string) => `tallystick.tray.${party}`;

export function trayOf(party: string): Unsigned[] {
  return JSON.parse(localStorage.getItem(kept(party)) ?? '[]') as Unsigned[];
}

function store(party: string, rows: Unsigned[]): void {
  localStorage.setItem(kept(party), JSON.stringify(rows));
  dispatchEvent(new Event('tallystick-tray'));
}

export function putInTray(wish: Wish): void {
  store(wish.party, [...trayOf(wish.party), { id: crypto.randomUUID(), wish, since: new Date().toISOString() }]);
}

export function takeFromTray(party: string, ids: readonly string[]): void {
  store(party, trayOf(party).filter((each) => !ids.includes(each.id)));
}
