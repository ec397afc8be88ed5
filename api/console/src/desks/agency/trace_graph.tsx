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
/** The zoom from which on names can be read. */
const readable = 0.5;
/** How far from the end of its line a label stands. */
const labelAt = 78;

const style = [
  { selector: 'node', style: { width: 20, height: 20, 'background-color': 'data(colour)' } },
  { selector: 'node.named', style: { label: 'data(label)', 'text-wrap': 'wrap', 'text-max-width': '200px', 'font-size': 12, 'font-family': 'PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif', 'text-valign': 'bottom', 'text-margin-y': 4, color: '#14242c', 'text-background-color': '#fff', 'text-background-opacity': 0.8, 'min-zoomed-font-size': 6 } },
  { selector: 'node.angular', style: { shape: 'round-rectangle', width: 15, height: 15 } },
  { selector: 'edge', style: { 'curve-style': 'haystack', 'line-color': '#9fb4b9', width: 1 } },
  { selector: 'edge.full', style: { width: 2, 'font-size': 11, 'font-family': 'PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif', 'curve-style': 'bezier', 'target-arrow-shape': 'triangle', 'target-arrow-color': '#9fb4b9', 'text-background-color': '#fff', 'text-background-opacity': 0.9, 'text-background-padding': '2px', color: '#14242c', 'min-zoomed-font-size': 6 } },
  { selector: 'edge.near-source', style: { 'source-label': 'data(label)', 'source-text-offset': labelAt } },
  { selector: 'edge.near-target', style: { 'target-label': 'data(label)', 'target-text-offset': labelAt } },
  { selector: 'edge.bad', style: { 'line-color': '#b3261e', 'target-arrow-color': '#b3261e', width: 5, color: '#b3261e', 'z-index': 9 } },
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

/** Of a large graph nodes come without names and lines without amounts: at that size nobody reads them. */
function elements(nodes: TraceNode[], lines: Bundle[], nameOf: (node: TraceNode) => string, label: (line: Bundle) => string, isBad: (line: Bundle) => boolean): ElementDefinition[] {
  const large = isLarge(nodes, lines);
  const near = large ? null : nearOf(lines);
  const nodeClasses = (kind: string) => [large ? '' : 'named', kind === 'site' ? '' : 'angular'];
  const lineClasses = (line: Bundle) => (isBad(line) ? ['full', 'bad'] : large ? [] : ['full']);
  return [
    ...nodes.map((node, n) => {
      const kind = kindOf(node.account);
      return { data: { id: `n${n}`, label: large ? '' : nameOf(node), colour: colours[kind] ?? grey }, classes: nodeClasses(kind) };
    }),
    ...lines.map((line, n) => ({
      data: { id: `e${n}`, source: `n${line.source}`, target: `n${line.target}`, label: large ? '' : label(line) },
      classes: [...lineClasses(line), ...(near ? [`near-${near(line)}`] : [])],
    })),
  ];
}

function isLarge(nodes: readonly TraceNode[], lines: readonly Bundle[]): boolean {
  return nodes.length > much || lines.length > much;
}

/** In a large graph those nodes get names that are in sight when somebody has come near enough to read them. */
function nameWhatIsNear(made: Core, nodes: readonly TraceNode[], nameOf: () => (node: TraceNode) => string): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const name = () => {
    if (made.destroyed() || made.zoom() < readable) return;
    const { x1, x2, y1, y2 } = made.extent();
    made.batch(() =>
      made.nodes().forEach((node) => {
        const { x, y } = node.position();
        if (x < x1 || x > x2 || y < y1 || y > y2 || node.hasClass('named')) return;
        node.data('label', nameOf()(nodes[Number(node.id().slice(1))]!));
        node.addClass('named');
      }),
    );
  };
  made.on('viewport', () => {
    clearTimeout(timer);
    timer = setTimeout(name, 120);
  });
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
  const names = useRef(nameOf);
  names.current = nameOf;
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
    if (isLarge(trace.nodes, lines)) nameWhatIsNear(made, trace.nodes, () => names.current);
    graph.current = made;
    onReady(made);
    return () => made.destroy();
  }, [trace, lines]);

  useEffect(() => {
    const made = graph.current!;
    made.batch(() => {
      made.nodes('.named').forEach((node) => {
        const name = nameOf(trace.nodes[Number(node.id().slice(1))]!);
        if (node.data('label') !== name) node.data('label', name);
      });
      lines.forEach((line, n) => {
        const edge = made.getElementById(`e${n}`);
        const bad = isBad(line);
        if (bad !== edge.hasClass('bad')) edge.toggleClass('bad', bad).toggleClass('full', bad || !isLarge(trace.nodes, lines));
      });
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
