import { useQueries, useQuery } from '@tanstack/react-query';
import { read } from '../../api/client';
import { readEvery, useSubstances } from '../../api/hooks';
import { Problem } from '../../api/problem';
import type { Permit, Substance } from '../../api/rows';

/** By what a paper was found: its number, its unit, its goods, a vehicle that carries them, a lot. */
export type By = 'number' | 'unit' | 'substance' | 'vehicle' | 'lot';

export interface Found {
  permit: Permit;
  by: By;
}

export interface Question {
  by: By;
  query: Record<string, string | number>;
}

const rows = 100;
const units = 5;
const goods = 3;

/** Codes whose code, CAS number, name or other name is, or begins with, the text. */
export function substancesOf(text: string, all: readonly Substance[]): string[] {
  const wanted = text.toLowerCase();
  const words = (each: Substance) => [each.code, each.cas, each.name_zh, each.name_en, ...(each.aliases ?? [])].filter(Boolean).map((word) => word.toLowerCase());
  const whole = all.filter((each) => words(each).includes(wanted));
  const begins = wanted.length > 1 ? all.filter((each) => words(each).some((word) => word.startsWith(wanted))) : [];
  return [...new Set([...whole, ...begins].map((each) => each.code))].slice(0, goods);
}

/** All pages of all answers, for a table to save. */
export async function everyFound(questions: readonly Question[], signal: AbortSignal, tell: (rows: number) => void): Promise<Permit[]> {
  const once = new Map<string, Permit>();
  for (const { query } of questions) {
    const before = once.size;
    const rows = await readEvery('/v1/permits', { query: query as never }, signal, (n) => tell(before + n)).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 404) return [];
      throw error;
    });
    for (const each of rows) once.set(each.no, each);
  }
  return [...once.values()];
}

async function ask({ by, query }: Question): Promise<Found[]> {
  try {
    const page = await read('/v1/permits', { query: { limit: rows, ...query } as never });
    return page.data.map((permit) => ({ permit, by }));
  } catch (error) {
    // Nobody of this id is in sight: no unit, so no paper of it.
    if (error instanceof Problem && error.status === 404) return [];
    throw error;
  }
}

/** Every paper that the text may mean, once each, the closest meaning first. */
export function useFound(text: string) {
  const substances = useSubstances();
  const named = useQuery({ queryKey: ['units named', text], queryFn: () => read('/v1/parties', { query: { name: text, limit: units } as never }) });
  const questions: Question[] = [
    { by: 'number', query: { number: text } },
    { by: 'unit', query: { holder: text } },
    ...(named.data?.data ?? []).slice(0, units).map((each) => ({ by: 'unit' as const, query: { holder: each.id } })),
    ...substancesOf(text, [...substances.values()]).map((code) => ({ by: 'substance' as const, query: { substance: code } })),
    { by: 'vehicle', query: { vehicle: text } },
    { by: 'lot', query: { lot: text } },
  ];
  const answers = useQueries({ queries: questions.map((each) => ({ queryKey: ['papers', each], queryFn: () => ask(each) })) });
  const all = answers.flatMap((each) => each.data ?? []);
  const once = new Map<string, Found>();
  for (const each of all) if (!once.has(each.permit.no)) once.set(each.permit.no, each);
  return {
    found: [...once.values()],
    questions,
    isPending: answers.some((each) => each.isPending) || named.isPending || substances.size === 0,
    error: answers.find((each) => each.isError)?.error ?? null,
  };
}
