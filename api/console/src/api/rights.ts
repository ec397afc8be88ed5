// Who may read what, from the very table that the server decides by: a page that would be refused is not asked for.
import table from '../../../../schema/rules/rights.json';
import type { Session } from './session';

interface Cell {
  roles: string[];
  relation: string;
  resources: string[];
}

/** How much of a resource: what is one's own, or what lies in a region. */
export type Reach = 'own' | 'wide';

const cells = table.cells as Cell[];
const offices = table.offices as { agencies: string[]; resources: string[] }[];
const wide = ['region', 'any'];

export function mayRead(roles: readonly string[], resource: string, reach: Reach = 'own'): boolean {
  return cells.some((cell) => cell.resources.includes(resource) && cell.roles.some((role) => roles.includes(role)) && (reach === 'own' || wide.includes(cell.relation)));
}

/** Whether a kind of agency has any part in a resource; whoever is of none is not bound by kind. */
function hasOffice(agency: string | undefined, resource: string): boolean {
  return !agency || offices.some((office) => office.agencies.includes(agency) && office.resources.includes(resource));
}

/** Whoever runs the machine or looks at what others read signs nothing. */
const reading = ['auditor', 'operator', 'regulator'];

function maySign(roles: readonly string[]): boolean {
  return roles.some((role) => !reading.includes(role));
}

type Need = [resource: string, reach?: Reach] | 'sign';

/** What each page needs, by the first part of its address. */
const needs: Record<string, Need> = {
  duties: ['obligation'], record: 'sign', cosign: 'sign', tray: 'sign', goods: ['consignment'], stock: ['stock'], lot: ['stock'], labels: ['stock'],
  permits: ['permit'], permit: ['permit'], findings: ['finding'], finding: ['finding'], entries: ['entry'], entry: ['entry'], queue: ['obligation', 'wide'],
  applications: ['application', 'wide'], coverage: ['coverage', 'wide'], balance: ['balance', 'wide'], reports: ['report'], certificate: ['report'], reads: ['access-log'], check: ['permit'],
};

export type PageName = string;

/** "/permit/GM-1" is the page "permit"; the first page is that of the duties. */
export function pageAt(location: string): PageName {
  return location.split('/')[1] || 'duties';
}

export function mayOpen({ roles, agency }: Pick<Session, 'roles'> & Partial<Pick<Session, 'agency'>>, page: PageName): boolean {
  // The first page of a bureau is the box.
  const need = needs[page === 'duties' && roles.includes('bureau') ? 'check' : page];
  if (!need) return true;
  return need === 'sign' ? maySign(roles) : mayRead(roles, ...need) && hasOffice(agency?.role, need[0]);
}

export const pagesWithNeeds = Object.keys(needs);
