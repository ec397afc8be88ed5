// What a statement about a unit and a period may say, read from the report that the registry makes of its log.
import type { Amount, MassBalance } from '../api/rows';

export interface GoodsLine extends Pick<MassBalance, 'substance' | 'opening' | 'in' | 'out' | 'closing' | 'residual' | 'unaccounted' | 'on_road'> {
  missing: Amount;
}

export interface PaperLine {
  permit: string;
  kind: string;
  substance: string;
  granted: Amount;
  used: Amount;
  left: Amount;
  state: string;
  closed_index: number | null;
  write_off_due: string | null;
}

export interface FindingLine {
  finding: string;
  state: string;
}

export interface CountLine {
  date: string;
  lot: string;
  substance: string;
  difference: Amount;
}

export interface Facts {
  goods: readonly GoodsLine[];
  papers: readonly PaperLine[];
  findings: readonly FindingLine[];
  counts: readonly CountLine[];
}

/** "zero": nothing is missing, nothing is open. "settled": what was missing is closed, and named. "open": something is not. */
export type Standing = 'zero' | 'settled' | 'open';

export interface Judgement {
  standing: Standing;
  /** Not closed: open or only explained. */
  openFindings: FindingLine[];
  /** The books of these do not add up, or something of them is missing. */
  unbalanced: GoodsLine[];
  /** To be written off by a day that has passed. */
  late: PaperLine[];
}

const isZero = (amount: Amount) => amount.amount === 0;

/** Says only what the facts say; `today` as 2026-01-31. */
export function judge({ goods, papers, findings }: Facts, today: string): Judgement {
  const openFindings = findings.filter((each) => each.state !== 'closed');
  const unbalanced = goods.filter((each) => !isZero(each.residual) || !isZero(each.missing));
  const late = papers.filter((each) => each.closed_index === null && each.write_off_due !== null && each.write_off_due.slice(0, 10) < today);
  if (openFindings.length || unbalanced.length || late.length) return { standing: 'open', openFindings, unbalanced, late };
  const clean = findings.length === 0 && goods.every((each) => isZero(each.unaccounted));
  return { standing: clean ? 'zero' : 'settled', openFindings, unbalanced, late };
}
