import { useQueries } from '@tanstack/react-query';
import { Alert, Button, Card, Segmented, Slider, Space } from 'antd';
import type { Core } from 'cytoscape';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { read } from '../../api/client';
import { useRead, useRows } from '../../api/hooks';
import type { Finding, Trace as TraceAnswer, TraceEdge, TraceNode } from '../../api/rows';
import { printTime } from '../../lib/print';
import { save } from '../../lib/save';
import { SaveFile } from '../../parts/receipt';
import { Nothing, Show } from '../../parts/states';
import { Custody } from './custody';
import { Legend, TraceGraph } from './trace_graph';
import { isWithin, kindOf, type Bundle, type LossInterval } from './trace_layout';
import { TraceTable, TraceTimeline } from './trace_lines';

type Direction = 'forwards' | 'backwards';
type View = 'graph' | 'timeline' | 'table';

const dayMs = 86_400_000;
const namesAsked = 40;
/** Where a graph that goes from left to right would be too small to read. */
const narrow = '(max-width: 700px)';

/** Names for the nodes, as they come; each party is asked for once, and of a large graph the first ones only. */
function useNames(nodes: readonly TraceNode[]): (node: TraceNode) => string {
  const { t } = useTranslation();
  const parties = useMemo(() => [...new Set(nodes.map((node) => node.party).filter(Boolean))].slice(0, namesAsked), [nodes]);
  const names = useQueries({
    queries: parties.map((party) => ({ queryKey: ['/v1/parties/{party}', { path: { party } }], queryFn: () => read('/v1/parties/{party}', { path: { party } }), retry: false })),
    combine: (all) => JSON.stringify(all.map((each, n) => [parties[n], each.data?.name])),
  });
  return useMemo(() => {
    const known = new Map(JSON.parse(names) as [string, string | null][]);
    return (node: TraceNode) => {
      if (node.site) return `${known.get(node.party) ?? node.party}\n${node.site}`;
      return node.consignment || t(`account.${kindOf(node.account)}`, node.account);
    };
  }, [names, t]);
}

/** Where something of the lot went missing. */
function useLosses(lot: string): { findings: Finding[]; intervals: LossInterval[] } {
  const list = useRows('/v1/findings', { query: { lot } as never });
  const findings = list.rows.filter((each) => each.missing.amount > 0 && each.from_index !== null && each.to_index !== null);
  const intervals = findings.map((each) => ({ finding: each.id, subject: each.subject, from: each.from_index!, to: each.to_index! }));
  return { findings, intervals };
}

interface SliderProps {
  first: number;
  last: number;
  value: number | null;
  onChange: (at: number | null) => void;
}

/** A day to look back from; at the right end it is now. */
function AsOf({ first, last, value, onChange }: SliderProps) {
  const { t } = useTranslation();
  const [low, high] = [Math.floor(first / dayMs), Math.ceil(last / dayMs)];
  const [day, setDay] = useState(Math.ceil((value ?? last) / dayMs));
  return (
    <div className="as-of no-print">
      <span>{t('trace.asOf')}</span>
      <Slider
        min={low}
        max={high}
        value={day}
        tooltip={{ formatter: (each) => printTime(new Date((each ?? 0) * dayMs).toISOString()) }}
        onChange={setDay}
        onChangeComplete={(each) => onChange(each >= high ? null : each * dayMs)}
        ariaLabelForHandle={t('trace.asOf')}
      />
      <span className="as-of-day">{value === null ? t('trace.now') : printTime(new Date(value).toISOString())}</span>
    </div>
  );
}

interface SightProps {
  trace: TraceAnswer;
  view: View;
  intervals: LossInterval[];
  onReady: (graph: Core) => void;
}

function Sight({ trace, view, intervals, onReady }: SightProps) {
  const [chosen, setChosen] = useState<Bundle | null>(null);
  const name = useNames(trace.nodes);
  const key = JSON.stringify(intervals);
  const isBad = useMemo(() => {
    const losses = JSON.parse(key) as LossInterval[];
    return (edge: TraceEdge) => kindOf(trace.nodes[edge.target]!.account) === 'lost' || losses.some((each) => isWithin(edge, trace.nodes, each));
  }, [trace, key]);
  const isBadLine = useCallback((line: Bundle) => line.edges.some(isBad), [isBad]);
  if (view === 'timeline') return <TraceTimeline trace={trace} isBad={isBad} />;
  return (
    <>
      {view === 'graph' && (
        <>
          <TraceGraph trace={trace} nameOf={name} isBad={isBadLine} onLine={setChosen} onReady={onReady} />
          <Legend />
        </>
      )}
      <TraceTable trace={trace} isBad={isBad} isChosen={(edge) => chosen?.edges.includes(edge) ?? false} />
    </>
  );
}

/** Where a lot went, or what it came from, as it was on any day. */
export default function Trace({ lot }: { lot: string }) {
  const { t } = useTranslation();
  const [direction, setDirection] = useState<Direction>('forwards');
  const [view, setView] = useState<View>(() => (matchMedia(narrow).matches ? 'timeline' : 'graph'));
  const [hops, setHops] = useState(6);
  const [asOf, setAsOf] = useState<number | null>(null);
  const [graph, setGraph] = useState<Core | null>(null);
  const at = asOf === null ? {} : { as_of: new Date(asOf).toISOString() };
  const trace = useRead('/v1/trace/lots/{lot}', { path: { lot }, query: { direction, hops, ...at } as never });
  const whole = useRead('/v1/trace/lots/{lot}', { path: { lot }, query: { direction, hops } as never });
  const { findings, intervals } = useLosses(lot);
  const times = (whole.data?.edges ?? []).map((edge) => Date.parse(edge.time));
  const [first, last] = [times.reduce((a, b) => Math.min(a, b), Infinity), times.reduce((a, b) => Math.max(a, b), -Infinity)];

  const picture = () => graph && void graph.png({ output: 'blob-promise', full: true, scale: 2, bg: '#fff' }).then((file) => save(file, `trace-${lot}.png`));
  const views = (['graph', 'timeline', 'table'] as const).map((value) => ({ value, label: t(`trace.view.${value}`) }));
  return (
    <Card
      title={t('trace.title', { lot })}
      className="print-whole"
      extra={
        <Space wrap className="no-print">
          <Segmented<Direction> value={direction} onChange={setDirection} options={[{ value: 'forwards', label: t('trace.forwards') }, { value: 'backwards', label: t('trace.backwards') }]} />
          <Segmented<View> value={view} onChange={setView} options={views} />
          <Button onClick={() => setHops(hops + 6)}>{t('trace.further')}</Button>
          {view === 'graph' && <Button onClick={picture}>{t('trace.picture')}</Button>}
          <SaveFile path={`/v1/trace/lots/${encodeURIComponent(lot)}/bundle?direction=${direction}&hops=${hops}`} name={`lot-${lot}.tallystick.json`} label={t('trace.bundle')} />
          <Button onClick={() => save(JSON.stringify(trace.data, null, 1), `trace-${lot}.json`)}>{t('trace.data')}</Button>
        </Space>
      }
    >
      {findings.map((each) => (
        <Custody key={each.id} finding={each} />
      ))}
      {times.length > 1 && <AsOf key={`${direction} ${last}`} first={first} last={last} value={asOf} onChange={setAsOf} />}
      <Show of={trace}>
        {() =>
          trace.data!.edges.length === 0 ? (
            <Nothing text={t('trace.none')} />
          ) : (
            <>
              {trace.data!.truncated && <Alert type="info" showIcon message={t('trace.more')} className="gap-below" />}
              <Sight trace={trace.data!} view={view} intervals={intervals} onReady={setGraph} />
            </>
          )
        }
      </Show>
    </Card>
  );
}
