import { describe, expect, it } from 'vitest';
import { mayOpen, mayRead, pageAt, pagesWithNeeds } from './rights';

const opens = (role: string) => pagesWithNeeds.filter((page) => mayOpen({ roles: [role] }, page)).sort().join(' ');

describe('the pages of each role', () => {
  it.each([
    ['driver', 'cosign goods record tray'],
    ['keeper', 'cosign duties finding findings goods labels lot record stock tray'],
    ['bureau', 'check cosign duties permit permits record tray'],
    ['operator', ''],
    ['officer', 'certificate check cosign duties entries entry finding findings goods labels lot permit permits reads record reports stock tray'],
  ])('%s', (role, pages) => expect(opens(role)).toBe(pages));
  it('an inspector opens all but the log of reads; an auditor all but what is signed', () => {
    expect(pagesWithNeeds.filter((page) => !mayOpen({ roles: ['inspector'] }, page))).toEqual(['reads']);
    expect(pagesWithNeeds.filter((page) => !mayOpen({ roles: ['auditor'] }, page))).toEqual(['record', 'cosign', 'tray']);
  });
});

it('a kind of agency opens the pages of its office: commerce looks at the border, and not into stores', () => {
  const of = (role: string) => ({ roles: ['inspector'], agency: { role, level: 'C', region: '360300' } });
  expect(['permits', 'findings', 'stock', 'goods', 'balance'].filter((page) => mayOpen(of('CO'), page))).toEqual(['permits', 'findings']);
  expect(pagesWithNeeds.filter((page) => !mayOpen(of('PS'), page))).toEqual(['reads']);
});

it('what is one’s own is not what lies in a region', () => {
  expect([mayRead(['officer'], 'obligation'), mayRead(['officer'], 'obligation', 'wide'), mayRead(['inspector'], 'obligation', 'wide')]).toEqual([true, false, true]);
});

it('somebody without a duty reads nothing', () => expect(mayRead([], 'party')).toBe(false));

it('a page is known by the first part of its address', () => expect(['/', '/permit/GM-1', '/record/use.record/lot=L'].map(pageAt)).toEqual(['duties', 'permit', 'record']));
