import { Alert, Button, Card, Segmented, Slider, Space } from 'antd';
import cytoscape, { type Core, type ElementDefinition } from 'cytoscape';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useRead } from '../../api/hooks';
import type { Trace as TraceAnswer, TraceEdge, TraceNode } from '../../api/rows';
import { printAmount, printTime } from '../../lib/print';
import { save } from '../../lib/save';
import { Nothing, Show } from '../../parts/states';

type Direction = 'forwards' | 'backwards';

const colours: Record<string, string> = { site: '#0f5c6e', transit: '#a86400', lost: '#b3261e', used: '#57666c', destroyed: '#57666c', opening: '#1f7a4d', produced: '#1f7a4d', imported: '#1f7a4d' };

function kindOf(account: string): string {
  return account.split(':')[0]!;
}

function elements({ nodes, edges }: TraceAnswer, name: (node: TraceNode) => string): ElementDefinition[] {
  return [
    ...nodes.map((node, n) => ({ data: { id: `n${n}`, label: name(node), colour: colours[kindOf(node.account)] ?? '#57666c', round: kindOf(node.account) === 'site' ? 1 : 0, hops: node.hops } })),
    ...edges.map((edge, n) => ({ data: { id: `e${n}`, source: `n${edge.source}`, target: `n${edge.target}`, label: printAmount(edge.amount), index: edge.index, bad: edge.kind === 'lost' ? 1 : 0 } })),
  ];
}

/** Columns by distance from the lot: linear in the size of the graph, so that thousands of nodes open at once. */
function places(nodes: TraceNode[]): Map<string, { x: number; y: number }> {
  const columns = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (const node of nodes) sizes.set(node.hops, (sizes.get(node.hops) ?? 0) + 1);
  return new Map(
    nodes.map((node, n) => {
      const row = columns.get(node.hops) ?? 0;
      columns.set(node.hops, row + 1);
      return [`n${n}`, { x: node.hops * 240, y: (row - (sizes.get(node.hops)! - 1) / 2) * 74 }];
    }),
  );
}

const style = [
  { selector: 'node', style: { label: 'data(label)', 'text-wrap': 'wrap', 'font-size': 11, 'text-valign': 'bottom', 'text-margin-y': 5, width: 22, height: 22, 'background-color': 'data(colour)', color: '#14242c' } },
  { selector: 'node[round = 0]', style: { shape: 'round-rectangle', width: 16, height: 16 } },
  { selector: 'edge', style: { width: 2, label: 'data(label)', 'font-size': 10, 'curve-style': 'bezier', 'target-arrow-shape': 'triangle', 'line-color': '#8fa7ad', 'target-arrow-color': '#8fa7ad', 'text-background-color': '#fff', 'text-background-opacity': 0.9, 'text-background-padding': '2px', color: '#14242c' } },
  { selector: 'edge[bad = 1]', style: { 'line-color': '#b3261e', 'target-arrow-color': '#b3261e', width: 4 } },
  { selector: ':selected', style: { 'background-color': '#e9c46a', 'line-color': '#e9c46a', 'target-arrow-color': '#e9c46a' } },
] as unknown as cytoscape.StylesheetStyle[];

function Graph({ trace, onEdge, onReady }: { trace: TraceAnswer; onEdge: (edge: TraceEdge) => void; onReady: (graph: Core) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const { t } = useTranslation();
  useEffect(() => {
    const name = (node: TraceNode) => (node.site ? `${node.party}\n${node.site}` : node.consignment || t(`account.${kindOf(node.account)}`, node.account));
    const at = places(trace.nodes);
    const graph = cytoscape({
      container: box.current,
      elements: elements(trace, name),
      style,
      layout: { name: 'preset', positions: (node: { id(): string }) => at.get(node.id())! } as unknown as cytoscape.LayoutOptions,
      textureOnViewport: trace.nodes.length > 400,
      hideEdgesOnViewport: trace.nodes.length > 800,
      wheelSensitivity: 0.3,
    });
    graph.on('select', 'edge', (event) => onEdge(trace.edges[Number(String(event.target.id()).slice(1))]!));
    onReady(graph);
    return () => graph.destroy();
  }, [trace]);
  return <div ref={box} className="graph" role="img" aria-label={t('trace.graph', { nodes: trace.nodes.length, edges: trace.edges.length })} />;
}

/** The same as lines, in order of time: for the keyboard, for print, and for those who do not see the picture. */
function EdgeTable({ edges, chosen, onOpen }: { edges: TraceEdge[]; chosen: TraceEdge | null; onOpen: (index: number) => void }) {
  const { t } = useTranslation();
  const sorted = useMemo(() => [...edges].sort((a, b) => a.index - b.index).slice(0, 500), [edges]);
  return (
    <div className="edges" tabIndex={0} role="region" aria-label={t('trace.lines')}>
      <table className="plain">
        <thead>
          <tr>
            {['entry.index', 'entry.time', 'entry.type', 'entry.party', 'field.quantity', 'field.consignment', 'field.vehicle'].map((each) => (
              <th key={each}>{t(each)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((edge, n) => (
            <tr key={n} className={edge === chosen ? 'chosen' : edge.kind === 'lost' ? 'lost' : ''}>
              <td>
                <button type="button" className="linkish" onClick={() => onOpen(edge.index)}>
                  #{edge.index}
                </button>
              </td>
              <td>{printTime(edge.time)}</td>
              <td>{t(`step.${edge.type}`, edge.type)}</td>
              <td>{edge.party}</td>
              <td className="number">{printAmount(edge.amount)}</td>
              <td>{edge.consignment}</td>
              <td>{edge.vehicle}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const dayMs = 86_400_000;

/** Where a lot went, or what it came from, as it was on any day. */
export default function Trace({ lot }: { lot: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [direction, setDirection] = useState<Direction>('forwards');
  const [hops, setHops] = useState(6);
  const [asOf, setAsOf] = useState<number | null>(null);
  const [chosen, setChosen] = useState<TraceEdge | null>(null);
  const [graph, setGraph] = useState<Core | null>(null);
  const at = asOf === null ? {} : { as_of: new Date(asOf).toISOString() };
  const trace = useRead('/v1/trace/lots/{lot}', { path: { lot }, query: { direction, hops, ...at } as never });
  const whole = useRead('/v1/trace/lots/{lot}', { path: { lot }, query: { direction, hops } as never });
  const times = (whole.data?.edges ?? []).map((edge) => Date.parse(edge.time));
  const [first, last] = [Math.min(...times), Math.max(...times)];

  const picture = () => graph && void graph.png({ output: 'blob-promise', full: true, scale: 2, bg: '#fff' }).then((file) => save(file, `trace-${lot}.png`));
  return (
    <Card
      title={t('trace.title', { lot })}
      extra={
        <Space wrap>
          <Segmented<Direction> value={direction} onChange={setDirection} options={[{ value: 'forwards', label: t('trace.forwards') }, { value: 'backwards', label: t('trace.backwards') }]} />
          <Button onClick={() => setHops(hops + 6)}>{t('trace.further')}</Button>
          <Button onClick={picture}>{t('trace.picture')}</Button>
          <Button onClick={() => save(JSON.stringify(trace.data, null, 1), `trace-${lot}.json`)}>{t('trace.data')}</Button>
        </Space>
      }
    >
      {times.length > 1 && (
        <div className="as-of">
          <span>{t('trace.asOf')}</span>
          <Slider
            min={Math.floor(first / dayMs)}
            max={Math.ceil(last / dayMs)}
            value={Math.ceil((asOf ?? last) / dayMs)}
            tooltip={{ formatter: (day) => printTime(new Date((day ?? 0) * dayMs).toISOString()) }}
            onChangeComplete={(day) => setAsOf(day >= Math.ceil(last / dayMs) ? null : day * dayMs)}
            ariaLabelForHandle={t('trace.asOf')}
          />
          <span>{asOf === null ? t('trace.now') : printTime(new Date(asOf).toISOString())}</span>
        </div>
      )}
      <Show of={trace}>
        {() =>
          trace.data!.edges.length === 0 ? (
            <Nothing text={t('trace.none')} />
          ) : (
            <>
              {trace.data!.truncated && <Alert type="info" showIcon message={t('trace.more')} className="gap-below" />}
              <Graph trace={trace.data!} onEdge={setChosen} onReady={setGraph} />
              <EdgeTable edges={trace.data!.edges} chosen={chosen} onOpen={(index) => go(`/entry/${index}`)} />
            </>
          )
        }
      </Show>
    </Card>
  );
}

