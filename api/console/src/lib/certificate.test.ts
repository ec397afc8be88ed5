import { describe, expect, it } from 'vitest';
import type { Amount } from '../api/rows';
import { judge, type Facts, type GoodsLine, type PaperLine } from './certificate';

const mg = (amount: number): Amount => ({ amount, unit: 'mg', text: '' });
const goods = (more: Partial<GoodsLine> = {}): GoodsLine => ({ substance: 'CN3-02', opening: mg(0), in: mg(9), out: mg(4), closing: mg(5), residual: mg(0), missing: mg(0), unaccounted: mg(0), on_road: mg(0), ...more });
const paper = (more: Partial<PaperLine> = {}): PaperLine => ({ permit: 'P', kind: 'C1-BUY', substance: 'CN1-01', granted: mg(1), used: mg(1), left: mg(0), state: 'used_up', closed_index: null, write_off_due: null, ...more });
const standing = (facts: Partial<Facts>) => judge({ goods: [goods()], papers: [], findings: [], counts: [], ...facts }, '2026-11-26').standing;

describe('a statement', () => {
  it('says zero only where nothing is missing, nothing is open and every book adds up', () => expect(standing({ papers: [paper()] })).toBe('zero'));
  it('does not say zero of a deviation that was closed', () => {
    expect(standing({ findings: [{ finding: 'F-1-1', state: 'closed' }] })).toBe('settled');
    expect(standing({ goods: [goods({ unaccounted: mg(1) })] })).toBe('settled');
  });
  it.each([
    ['a finding that is open', { findings: [{ finding: 'F-1-1', state: 'open' }] }],
    ['one that is only explained', { findings: [{ finding: 'F-1-1', state: 'explained' }] }],
    ['a book that does not add up by one milligram', { goods: [goods(), goods({ residual: mg(1) })] }],
    ['goods that are missing on the road', { goods: [goods({ missing: mg(1) })] }],
    ['a paper that should have been written off', { papers: [paper({ write_off_due: '2026-11-25' })] }],
  ])('says what is open: %s', (_, facts) => expect(standing(facts)).toBe('open'));
  it('leaves a paper its last day', () => {
    expect(standing({ papers: [paper({ write_off_due: '2026-11-26' })] })).toBe('zero');
    expect(standing({ papers: [paper({ write_off_due: '2026-11-25', closed_index: 7 })] })).toBe('zero');
  });
});
