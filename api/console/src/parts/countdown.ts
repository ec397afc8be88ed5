import { useEffect, useState } from 'react';
import type { Problem } from '../api/problem';

/** Seconds until the server may be asked again, as it said; 0 when it may. */
export function useCountdown(problem: Problem | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    setLeft(problem?.retryAfter ?? 0);
    if (!problem?.retryAfter) return undefined;
    const end = performance.now() + problem.retryAfter * 1_000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1_000))), 250);
    return () => clearInterval(timer);
  }, [problem]);
  return left;
}
