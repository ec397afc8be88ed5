import { read } from '../../api/client';
import { queries } from '../../api/queries';
import { lazily } from '../../parts/lazily';

/** The graph library comes with the first graph, not with the first page. */
export const Trace = lazily(() => import('./trace'));

/** What the trace of a lot asks for first; a place that shows it later asks the same. */
export function firstTrace(lot: string) {
  const path = '/v1/trace/lots/{lot}' as const;
  const asked = { path: { lot }, query: { direction: 'forwards', hops: 6 } as never };
  return { queryKey: [path, asked], queryFn: () => read(path, asked) };
}

/** Fetches script and answer of a trace that will be shown, while its page still reads other things. */
export function beginTrace(lot: string): void {
  void Trace.fetch();
  void queries.prefetchQuery(firstTrace(lot));
}
