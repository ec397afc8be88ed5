import type { Amount, TraceEdge, TraceNode } from '../../api/rows';

/** Everything that went from one node to another, drawn as one line. */
export interface Bundle {
  source: number;
  target: number;
  edges: TraceEdge[];
  amount: Amount;
}

/** What was corrected, and what takes it back: both are in the log, and neither is how the goods went. */
export function setAside(edges: readonly TraceEdge[]): Set<TraceEdge> {
  const out = new Set<TraceEdge>();
  for (const wrong of edges.filter((each) => each.corrected_by !== null)) {
    const back = edges.find((each) => each.index === wrong.corrected_by && each.source === wrong.target && each.target === wrong.source && each.amount.amount === wrong.amount.amount && !out.has(each));
    // Looked at as of a day before the correction, it is how the goods went.
    if (back) out.add(wrong).add(back);
  }
  return out;
}

/** One line a pair of nodes: thirteen uses of one lot are one arrow with their sum. */
export function bundles(edges: readonly TraceEdge[]): Bundle[] {
  const found = new Map<string, Bundle>();
  for (const edge of edges) {
    const key = `${edge.source} ${edge.target}`;
    const there = found.get(key);
    if (!there) found.set(key, { source: edge.source, target: edge.target, edges: [edge], amount: edge.amount });
    else {
      there.edges.push(edge);
      there.amount = { ...there.amount, amount: Number(BigInt(there.amount.amount) + BigInt(edge.amount.amount)), text: '' };
    }
  }
  return [...found.values()];
}

function columnsOf(nodes: readonly TraceNode[]): number[][] {
  const columns: number[][] = [];
  nodes.forEach((node, n) => (columns[node.hops] ??= []).push(n));
  return columns.filter((each) => each !== undefined);
}

/** Order within each column by the mean place of what leads there, so that few lines cross. */
function sorted(nodes: readonly TraceNode[], lines: readonly Bundle[]): number[][] {
  const columns = columnsOf(nodes);
  const row = new Map<number, number>();
  const before = new Map<number, number[]>();
  for (const { source, target } of lines) {
    const [near, far] = nodes[source]!.hops < nodes[target]!.hops ? [source, target] : [target, source];
    before.set(far, [...(before.get(far) ?? []), near]);
  }
  for (const column of columns) {
    const weight = (n: number) => {
      const places = (before.get(n) ?? []).flatMap((each) => row.get(each) ?? []);
      return places.length ? places.reduce((a, b) => a + b, 0) / places.length : 0;
    };
    const weights = new Map(column.map((n) => [n, weight(n)]));
    column.sort((a, b) => weights.get(a)! - weights.get(b)!);
    column.forEach((n, at) => row.set(n, at - (column.length - 1) / 2));
  }
  return columns;
}

export const columnWidth = 260;
export const rowHeight = 60;
/** Of a column that is broken: nodes stand close, for at this size nobody reads names. */
const closeWidth = 120;
const tallRows = 28;

/** Rows that one column may have before it is broken into several, so that a large graph is as wide as it is high. */
function rowsMax(nodes: readonly TraceNode[]): number {
  return Math.max(tallRows, Math.ceil(Math.sqrt(nodes.length)));
}

/** Where each node stands: columns by distance from the start; linear in the size of the graph but for the sorting. */
export function places(nodes: readonly TraceNode[], lines: readonly Bundle[]): { x: number; y: number }[] {
  const out: { x: number; y: number }[] = new Array(nodes.length);
  const most = rowsMax(nodes);
  let left = 0;
  for (const column of sorted(nodes, lines)) {
    const rows = Math.min(most, column.length);
    column.forEach((n, at) => (out[n] = { x: left + Math.floor(at / rows) * closeWidth, y: ((at % rows) - (rows - 1) / 2) * rowHeight }));
    left += Math.floor((column.length - 1) / rows) * closeWidth + columnWidth;
  }
  return out;
}

/** The longest column, for the height of the picture. */
export function tallest(nodes: readonly TraceNode[]): number {
  return Math.min(rowsMax(nodes), Math.max(1, ...columnsOf(nodes).map((each) => each.length)));
}

export function kindOf(account: string): string {
  return account.split(':')[0]!;
}

/** Where a loss can lie: after one entry, and not after another, on one consignment or at one site. */
export interface LossInterval {
  finding: string;
  subject: string;
  from: number;
  to: number;
}

/** Whether the movement happened where and when the loss did. */
export function isWithin(edge: TraceEdge, nodes: readonly TraceNode[], { subject, from, to }: LossInterval): boolean {
  if (edge.index < from || edge.index > to) return false;
  const id = subject.slice(subject.indexOf(':') + 1);
  if (subject.startsWith('consignment:')) return edge.consignment === id;
  return [edge.source, edge.target].some((n) => nodes[n]?.site === id);
}
