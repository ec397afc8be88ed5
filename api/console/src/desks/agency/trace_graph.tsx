import cytoscape, { type Core, type ElementDefinition } from 'cytoscape';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trace, TraceNode } from '../../api/rows';
import { printAmount } from '../../lib/print';
import { bundles, kindOf, places, rowHeight, setAside, tallest, type Bundle } from './trace_layout';

export const colours: Record<string, string> = {
  site: '#0f5c6e', transit: '#a86400', lost: '#b3261e', opening: '#1f7a4d', produced: '#1f7a4d', imported: '#1f7a4d', found: '#1f7a4d',
};
const grey = '#57666c';
const much = 400;
/** How far from the end of its line a label stands. */
const labelAt = 78;

const style = [
  { selector: 'node', style: { label: 'data(label)', 'text-wrap': 'wrap', 'text-max-width': '200px', 'font-size': 12, 'font-family': 'PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif', 'text-valign': 'bottom', 'text-margin-y': 4, width: 20, height: 20, 'background-color': 'data(colour)', color: '#14242c', 'text-background-color': '#fff', 'text-background-opacity': 0.8, 'min-zoomed-font-size': 6 } },
  { selector: 'node[round = 0]', style: { shape: 'round-rectangle', width: 15, height: 15 } },
  { selector: 'edge', style: { width: 2, 'font-size': 11, 'font-family': 'PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif', 'curve-style': 'bezier', 'target-arrow-shape': 'triangle', 'line-color': '#9fb4b9', 'target-arrow-color': '#9fb4b9', 'text-background-color': '#fff', 'text-background-opacity': 0.9, 'text-background-padding': '2px', color: '#14242c', 'min-zoomed-font-size': 6 } },
  { selector: 'edge[near = "source"]', style: { 'source-label': 'data(label)', 'source-text-offset': labelAt } },
  { selector: 'edge[near = "target"]', style: { 'target-label': 'data(label)', 'target-text-offset': labelAt } },
  { selector: 'edge[bad = 1]', style: { 'line-color': '#b3261e', 'target-arrow-color': '#b3261e', width: 5, color: '#b3261e', 'z-index': 9 } },
  { selector: 'edge[plain = 1]', style: { 'curve-style': 'haystack', 'target-arrow-shape': 'none', width: 1 } },
  { selector: ':selected', style: { 'background-color': '#e9c46a', 'line-color': '#e9c46a', 'target-arrow-color': '#e9c46a' } },
] as unknown as cytoscape.StylesheetStyle[];

/** A label stands near the end that fewer lines share, so that labels keep apart. */
function nearOf(lines: Bundle[]): (line: Bundle) => 'source' | 'target' {
  const leaving = new Map<number, number>();
  const coming = new Map<number, number>();
  for (const { source, target } of lines) {
    leaving.set(source, (leaving.get(source) ?? 0) + 1);
    coming.set(target, (coming.get(target) ?? 0) + 1);
  }
  return ({ source, target }) => (leaving.get(source)! <= coming.get(target)! ? 'source' : 'target');
}

function elements(nodes: TraceNode[], lines: Bundle[], nameOf: (node: TraceNode) => string, label: (line: Bundle) => string, isBad: (line: Bundle) => boolean): ElementDefinition[] {
  const plain = lines.length > much ? 1 : 0;
  const near = nearOf(lines);
  return [
    ...nodes.map((node, n) => ({ data: { id: `n${n}`, label: nameOf(node), colour: colours[kindOf(node.account)] ?? grey, round: kindOf(node.account) === 'site' ? 1 : 0 } })),
    ...lines.map((line, n) => ({ data: { id: `e${n}`, source: `n${line.source}`, target: `n${line.target}`, label: plain ? '' : label(line), near: plain ? '' : near(line), bad: isBad(line) ? 1 : 0, plain: isBad(line) ? 0 : plain } })),
  ];
}

interface Props {
  trace: Trace;
  /** What stands under a node; names come later than the graph, and only what changed is drawn anew. */
  nameOf: (node: TraceNode) => string;
  isBad: (line: Bundle) => boolean;
  onLine: (line: Bundle) => void;
  onReady: (graph: Core) => void;
}

/** The picture. What it says stands as lines beside it too. */
export function TraceGraph({ trace, nameOf, isBad, onLine, onReady }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const graph = useRef<Core | null>(null);
  const { t } = useTranslation();
  const lines = useMemo(() => {
    const aside = setAside(trace.edges);
    return bundles(trace.edges.filter((edge) => !aside.has(edge)));
  }, [trace]);
  const label = (line: Bundle) => (line.edges.length > 1 ? t('trace.times', { count: line.edges.length, amount: printAmount(line.amount) }) : printAmount(line.amount));
  const height = Math.min(640, Math.max(300, tallest(trace.nodes) * (rowHeight - 8) + 60));

  useEffect(() => {
    const at = places(trace.nodes, lines);
    const made = cytoscape({
      container: box.current,
      elements: elements(trace.nodes, lines, nameOf, label, isBad),
      style,
      layout: { name: 'preset', positions: (node: { id(): string }) => at[Number(node.id().slice(1))]!, padding: 40 } as unknown as cytoscape.LayoutOptions,
      textureOnViewport: trace.nodes.length > much,
      hideEdgesOnViewport: trace.nodes.length > 2 * much,
      wheelSensitivity: 0.3,
      maxZoom: 3,
    });
    if (made.zoom() > 1.2) made.zoom({ level: 1.2, renderedPosition: { x: made.width() / 2, y: made.height() / 2 } });
    made.on('select', 'edge', (event) => onLine(lines[Number(String(event.target.id()).slice(1))]!));
    graph.current = made;
    onReady(made);
    return () => made.destroy();
  }, [trace, lines]);

  useEffect(() => {
    const put = (id: string, name: string, value: string | number) => {
      const element = graph.current!.getElementById(id);
      if (element.data(name) !== value) element.data(name, value);
    };
    graph.current?.batch(() => {
      trace.nodes.forEach((node, n) => put(`n${n}`, 'label', nameOf(node)));
      lines.forEach((line, n) => put(`e${n}`, 'bad', isBad(line) ? 1 : 0));
    });
  }, [trace, lines, nameOf, isBad]);

  return <div ref={box} className="graph" style={{ height }} role="img" aria-label={t('trace.graph', { nodes: trace.nodes.length, edges: trace.edges.length })} />;
}

/** What the colours mean. */
export function Legend() {
  const { t } = useTranslation();
  return (
    <p className="legend">
      {['site', 'transit', 'produced', 'used', 'lost'].map((each) => (
        <span key={each}>
          <svg width="12" height="12" aria-hidden="true">
            <circle cx="6" cy="6" r="5" fill={colours[each] ?? grey} />
          </svg>{' '}
          {t(`account.${each}`)}
        </span>
      ))}
    </p>
  );
}
