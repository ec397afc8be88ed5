import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

/** Refusals are answers: asking again changes nothing. A lost connection or a busy server is asked again, twice. */
function askAgain(times: number, error: unknown): boolean {
  if (error instanceof Problem && error.status < 500 && error.status !== 429) return false;
  return times < 2;
}

/** Not before the server asked to be asked. */
export function waitToAsk(times: number, error: unknown): number {
  const asked = error instanceof Problem ? (error.retryAfter ?? 0) * 1_000 : 0;
  return Math.max(asked, 1_000 * 2 ** times);
}

/** A page without a network says so instead of waiting without a word, and reads again when it is back. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: askAgain, retryDelay: waitToAsk, networkMode: 'always', refetchOnReconnect: true, refetchOnWindowFocus: false },
  },
});
