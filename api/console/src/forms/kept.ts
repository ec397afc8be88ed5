import type { Values } from './payload';

/** Where what is typed into a form is kept, so that it outlives the session and the connection. */
export function keptUnder(party: string, type: string): string {
  return `tallystick.form.${party}.${type}`;
}

export function kept(name: string): Values | null {
  const text = localStorage.getItem(name);
  return text ? (JSON.parse(text) as Values) : null;
}
