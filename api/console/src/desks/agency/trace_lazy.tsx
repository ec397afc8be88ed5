import { lazily } from '../../parts/lazily';

/** The graph library comes with the first graph, not with the first page. */
export const Trace = lazily(() => import('./trace'));
