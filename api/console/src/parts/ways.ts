import { mayOpen } from '../api/rights';
import { deskOf, type Session } from '../api/session';

type Way = [to: string, name: string];

const desks: Record<'unit' | 'agency' | 'bureau' | 'operator' | 'nobody', Way[]> = {
  unit: [['/', 'duties'], ['/record', 'record'], ['/goods', 'goods'], ['/stock', 'stock'], ['/permits', 'permits'], ['/findings', 'findings'], ['/entries', 'entries'], ['/reports', 'reports'], ['/reads', 'reads']],
  agency: [['/', 'duties'], ['/findings', 'findings'], ['/queue', 'queue'], ['/applications', 'applications'], ['/permits', 'permits'], ['/goods', 'goods'], ['/balance', 'balance'], ['/coverage', 'coverage'], ['/reports', 'reports'], ['/check', 'check'], ['/record', 'record'], ['/reads', 'reads']],
  bureau: [['/check', 'check'], ['/permits', 'permits'], ['/record', 'record']],
  operator: [['/health', 'health'], ['/keys', 'keys']],
  nobody: [['/keys', 'keys'], ['/health', 'health']],
};

/** The pages of one's desk that one's duty opens. */
export function waysOf(session: Session | null): Way[] {
  if (!session) return desks.nobody;
  const ways = desks[deskOf(session)].filter(([to]) => mayOpen(session, to.slice(1) || 'duties'));
  return ways.length ? ways : desks.nobody;
}

/** Where one's day begins: the duties, or the first page that there is. */
export function firstWay(session: Session): string {
  return waysOf(session)[0]![0];
}
