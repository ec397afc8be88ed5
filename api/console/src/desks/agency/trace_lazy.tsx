import { lazy } from 'react';

/** The graph library comes with the first graph, not with the first page. */
export const Trace = lazy(() => import('./trace'));
