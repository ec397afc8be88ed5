import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { base64, utf8 } from '../lib/bytes';
import { signerOf, storedKeys, type StoredKey } from '../lib/keystore';
import { send } from './client';
import { Problem } from './problem';
import { queries } from './queries';

export interface Session {
  key: string;
  party: string;
  party_name: string;
  roles: string[];
  agency: { role: string; level: string; region: string } | null;
  officer: string | null;
  idle_ends_at: string;
  ends_at: string;
}

const way = 'tallystick.way';

/** The page that somebody wanted who must sign in first. */
export function comeBackTo(page: string): void {
  sessionStorage.setItem(way, page);
}

/** Where to go after signing in: back to what was interrupted. */
export function wayBack(): string {
  const page = sessionStorage.getItem(way) ?? '/';
  sessionStorage.removeItem(way);
  return page;
}

export type Desk = 'unit' | 'agency' | 'bureau' | 'operator';

/** Which desk a person sits at. Bureaus of emergency management look things up; other agencies decide. */
export function deskOf(session: Session): Desk {
  if (session.roles.includes('operator')) return 'operator';
  if (session.agency?.role === 'EM') return 'bureau';
  return session.agency ? 'agency' : 'unit';
}

interface SessionState {
  session: Session | null;
  /** False until the first answer: is anybody signed in? */
  known: boolean;
  signIn(key: StoredKey): Promise<void>;
  signOut(): Promise<void>;
  /** The server says that the session is over: what is typed stays, and the page asks to sign in again. */
  lapse(): void;
}

const Context = createContext<SessionState | null>(null);

export function useSession(): SessionState {
  return useContext(Context)!;
}

/** For pages that only open to somebody who is signed in. */
export function useSignedIn(): Session {
  const { session } = useSession();
  if (!session) throw new Error('nobody is signed in');
  return session;
}

interface Challenge {
  challenge: string;
  text: string;
}

/** Only a text that says what it is gets signed: an entry in its place would be a signature under something else. */
function isChallenge(text: string, key: string): boolean {
  return text.startsWith('tallystick sign-in v1\n') && text.includes(`\nkey ${key}\n`);
}

async function answerChallenge(key: StoredKey): Promise<Session> {
  const asked = (await send('POST', '/v1/session/challenges', { key: key.id })) as Challenge;
  if (!isChallenge(asked.text, key.id)) throw new Error('the server asked for another signature');
  const signature = base64(await signerOf(key).sign(utf8(asked.text)));
  return (await send('POST', '/v1/session', { challenge: asked.challenge, signature })) as Session;
}

async function present(): Promise<Session | null> {
  try {
    return (await send('GET', '/v1/session')) as Session;
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return null;
    throw error;
  }
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session | null>(null);
  const [known, setKnown] = useState(false);

  useEffect(() => {
    present()
      .then(setSession, () => setSession(null))
      .finally(() => setKnown(true));
  }, []);

  const signIn = useCallback(async (key: StoredKey) => {
    const started = await answerChallenge(key);
    queries.clear();
    setSession(started);
  }, []);
  const signOut = useCallback(async () => {
    await send('DELETE', '/v1/session').catch(() => null);
    queries.clear();
    setSession(null);
  }, []);
  const lapse = useCallback(() => setSession(null), []);

  const value = useMemo(() => ({ session, known, signIn, signOut, lapse }), [session, known, signIn, signOut, lapse]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** The key of the session, where this browser holds it. */
export async function sessionKey(session: Session): Promise<StoredKey | null> {
  return (await storedKeys()).find((each) => each.id === session.key) ?? null;
}
