import { utf8 } from '../lib/bytes';
import { lookFor } from './client';
import type { Session } from './session';

/** Why somebody of an authority reads what belongs to others. A case has a number. */
export interface Purpose {
  why: 'routine' | 'inspection' | 'case';
  reference: string;
}

export const purposes: Purpose['why'][] = ['routine', 'inspection', 'case'];
const referenceMax = 120;

/** Whose reads are watched: the server refuses them without a purpose. */
export function mustSayWhy(session: Session): boolean {
  return session.agency !== null || session.roles.includes('auditor');
}

/** The bytes of a header are UTF-8; fetch takes each byte as one character. */
function headerOf({ why, reference }: Purpose): string {
  return `${why} ${String.fromCharCode(...utf8(reference))}`.trim();
}

/** How long a reference may be is counted in bytes. */
export function fits(reference: string): boolean {
  return utf8(reference).length <= referenceMax;
}

const place = (session: Session) => `tallystick.purpose.${session.key}`;

/** Kept for this tab and this key; the next tab is asked again. */
export function keptPurpose(session: Session): Purpose | null {
  const kept = sessionStorage.getItem(place(session));
  return kept ? (JSON.parse(kept) as Purpose) : null;
}

/** From now on each request says so. Null: says nothing any more. */
export function sayPurpose(session: Session, purpose: Purpose | null): void {
  lookFor(purpose && headerOf(purpose));
  if (purpose) sessionStorage.setItem(place(session), JSON.stringify(purpose));
  else sessionStorage.removeItem(place(session));
}
