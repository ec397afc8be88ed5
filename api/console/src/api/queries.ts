import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

/** Refusals are answers: asking again changes nothing. A lost connection or a busy server is asked again, twice. */
function askAgain(times: number, error: unknown): boolean {
  if (error instanceof Problem && error.status < 500 && error.status !== 429) return false;
  return times < 2;
}

export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, retry: askAgain, refetchOnWindowFocus: false } },
});
