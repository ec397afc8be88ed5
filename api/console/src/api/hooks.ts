import { useInfiniteQuery, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { read, type Answer, type GetPath, type Query } from './client';
import type { Page, PermitKind, Substance } from './rows';

type Params<P extends GetPath> = { path?: Record<string, string | number>; query?: Query<P>; enabled?: boolean };

export function useRead<P extends GetPath>(path: P, params: Params<P> = {}): UseQueryResult<Answer<P>> {
  const { enabled = true, ...rest } = params;
  return useQuery({ queryKey: [path, rest], queryFn: () => read(path, rest), enabled });
}

type RowOf<T> = T extends Page<infer Row> ? Row : never;
const pageRows = 200;

/** A list that grows page by page; `rows` is what has come so far. */
export function useRows<P extends GetPath>(path: P, params: Params<P> = {}) {
  const { enabled = true, ...rest } = params;
  const list = useInfiniteQuery({
    queryKey: [path, rest, 'rows'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => {
      const query = { limit: pageRows, ...(rest.query ?? {}), ...(pageParam ? { cursor: pageParam } : {}) } as unknown as Query<P>;
      return read(path, { ...rest, query });
    },
    getNextPageParam: (last) => (last as Page<unknown>).next_cursor,
    enabled,
  });
  const rows = (list.data?.pages ?? []).flatMap((page) => (page as Page<RowOf<Answer<P>>>).data);
  return { ...list, rows };
}

/** Every row of a short list: code tables, a unit's sites. */
export function readAll<P extends GetPath>(path: P, params: Params<P> = {}): Promise<RowOf<Answer<P>>[]> {
  return readEvery(path, params, new AbortController().signal, () => undefined);
}

/** Every row of a long list, page by page; stops when told to. */
export async function readEvery<P extends GetPath>(path: P, params: Params<P>, signal: AbortSignal, tell: (rows: number) => void): Promise<RowOf<Answer<P>>[]> {
  const rows: RowOf<Answer<P>>[] = [];
  let cursor: string | null = null;
  do {
    signal.throwIfAborted();
    const query = { limit: pageRows, ...(params.query ?? {}), ...(cursor ? { cursor } : {}) } as unknown as Query<P>;
    const page = (await read(path, { path: params.path, query })) as Page<RowOf<Answer<P>>>;
    rows.push(...page.data);
    tell(rows.length);
    cursor = page.next_cursor;
  } while (cursor);
  return rows;
}

export function useAll<P extends GetPath>(path: P, params: Params<P> = {}) {
  const { enabled = true, ...rest } = params;
  return useQuery({ queryKey: [path, rest, 'all'], queryFn: () => readAll(path, rest), enabled });
}

/** Kinds of papers, by code; they change with the program only. */
export function usePermitKinds(): Map<string, PermitKind> {
  const all = useQuery({ queryKey: ['permit-kinds'], queryFn: () => readAll('/v1/permit-kinds'), staleTime: Infinity });
  return new Map((all.data ?? []).map((each) => [each.code, each]));
}

/** The catalogue, by code; it changes with the program only. */
export function useSubstances(): Map<string, Substance> {
  const all = useQuery({ queryKey: ['substances'], queryFn: () => readAll('/v1/substances'), staleTime: Infinity });
  return new Map((all.data ?? []).map((each) => [each.code, each]));
}
