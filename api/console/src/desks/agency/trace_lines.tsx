import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Trace, TraceEdge } from '../../api/rows';
import { printAmount, printTime } from '../../lib/print';
import { PartyName } from '../../parts/names';
import { kindOf, setAside } from './trace_layout';

const step = 200;
/** Lines before somebody asks for more: enough to fill the screen. */
const first = 60;

interface Props {
  trace: Trace;
  isBad: (edge: TraceEdge) => boolean;
  isChosen: (edge: TraceEdge) => boolean;
}

function useInOrder({ edges }: Trace) {
  const [shown, setShown] = useState(first);
  const sorted = useMemo(() => [...edges].sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || a.index - b.index), [edges]);
  return { rows: sorted.slice(0, shown), rest: sorted.length - shown, more: () => setShown(shown + step) };
}

function More({ rest, more }: { rest: number; more: () => void }) {
  const { t } = useTranslation();
  return rest > 0 ? <Button onClick={more}>{t('trace.rest', { count: rest })}</Button> : null;
}

/** The amount, struck out where a correction set it aside, with the way to the entry that set it right. */
function AmountOf({ edge, aside }: { edge: TraceEdge; aside: boolean }) {
  const { t } = useTranslation();
  if (!aside) return <>{printAmount(edge.amount)}</>;
  return (
    <>
      <s>{printAmount(edge.amount)}</s>{' '}
      {edge.corrected_by === null ? <span className="dim">{t('trace.takenBack')}</span> : <Link href={`/entry/${edge.corrected_by}`}>{t('trace.corrected', { index: edge.corrected_by })}</Link>}
    </>
  );
}

/** The same as lines, in order of time: for the keyboard, for print, and for those who do not see the picture. */
export function TraceTable({ trace, isBad, isChosen }: Props) {
  const { t } = useTranslation();
  const { rows, rest, more } = useInOrder(trace);
  const aside = useMemo(() => setAside(trace.edges), [trace]);
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
          {rows.map((edge, n) => (
            <tr key={n} className={isChosen(edge) ? 'chosen' : isBad(edge) ? 'lost' : ''}>
              <td>
                <Link href={`/entry/${edge.index}`}>#{edge.index}</Link>
              </td>
              <td>{printTime(edge.time)}</td>
              <td>{t(`step.${edge.type}`, edge.type)}</td>
              <td>
                <PartyName id={edge.party} />
              </td>
              <td className="number">
                <AmountOf edge={edge} aside={aside.has(edge)} />
              </td>
              <td>{edge.consignment && <Link href={`/goods/${edge.consignment}`}>{edge.consignment}</Link>}</td>
              <td>{edge.vehicle}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More rest={rest} more={more} />
    </div>
  );
}

/** Where an amount came from or went to, in words. */
function Place({ trace, at }: { trace: Trace; at: number }) {
  const { t } = useTranslation();
  const node = trace.nodes[at]!;
  if (node.site) return <><PartyName id={node.party} /> <span className="dim">{node.site}</span></>;
  return <>{node.consignment ? `${t('account.transit')} ${node.consignment}` : t(`account.${kindOf(node.account)}`, node.account)}</>;
}

/** Day by day down the page; what lies in the interval of a loss hangs on a red line. */
export function TraceTimeline({ trace, isBad }: Omit<Props, 'isChosen'>) {
  const { t } = useTranslation();
  const { rows, rest, more } = useInOrder(trace);
  const aside = useMemo(() => setAside(trace.edges), [trace]);
  return (
    <>
      <ol className="timeline" aria-label={t('trace.lines')}>
        {rows.map((edge, n) => {
          const day = printTime(edge.time).slice(0, 10);
          const first = n === 0 || printTime(rows[n - 1]!.time).slice(0, 10) !== day;
          return (
            <li key={n} className={isBad(edge) ? 'bad' : ''}>
              <span className="timeline-day">{first ? day : ''}</span>
              <span className="timeline-hour">{printTime(edge.time).slice(11)}</span>
              <span className="timeline-what">
                <b>{t(`step.${edge.type}`, edge.type)}</b> <AmountOf edge={edge} aside={aside.has(edge)} /> · <Place trace={trace} at={edge.source} /> → <Place trace={trace} at={edge.target} />{' '}
                {edge.vehicle && <span className="dim">{edge.vehicle}</span>} <Link href={`/entry/${edge.index}`}>#{edge.index}</Link>
              </span>
            </li>
          );
        })}
      </ol>
      <More rest={rest} more={more} />
    </>
  );
}
