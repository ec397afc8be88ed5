import { SankeyChart } from 'echarts/charts';
import { TooltipComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MassBalance } from '../../api/rows';
import { printAmount } from '../../lib/print';
import { isLoss, streamsOf, type Stream } from './balance_flows';

use([SankeyChart, TooltipComponent, CanvasRenderer]);

const font = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";
const colour = (name: string, into: boolean) => (isLoss(name) ? '#b3261e' : name === 'closing' || name === 'opening' ? '#0f5c6e' : into ? '#1f7a4d' : '#57666c');

/** Widths of the picture only: each stream's exact amount stands in its label. */
function option(line: MassBalance, middle: string, word: (stream: Stream) => string) {
  const { into, out } = streamsOf(line);
  const positive = (all: Stream[]) => all.filter((each) => each.amount.amount > 0);
  const said = (stream: Stream) => `${word(stream)}  ${printAmount(stream.amount)}`;
  const node = (stream: Stream, isInto: boolean) => ({
    name: `${isInto ? 'in' : 'out'} ${stream.name}`,
    itemStyle: { color: colour(stream.name, isInto) },
    words: said(stream),
    label: { formatter: said(stream), position: isInto ? 'right' : 'left' },
  });
  return {
    textStyle: { fontFamily: font },
    tooltip: { renderMode: 'richText', confine: true, formatter: (each: { data: { name: string; words?: string } }) => each.data.words ?? '' },
    series: [
      {
        type: 'sankey',
        left: 8, right: 8, top: 12, bottom: 12, nodeWidth: 16, nodeGap: 14, draggable: false,
        lineStyle: { color: '#9fb9bf', opacity: 0.5, curveness: 0.5 },
        label: { fontSize: 13, color: '#14242c', fontFamily: font },
        data: [...positive(into).map((each) => node(each, true)), { name: middle, itemStyle: { color: '#0b3b47' }, label: { formatter: middle, position: 'inside', rotate: 90, color: '#fff' } }, ...positive(out).map((each) => node(each, false))],
        links: [
          ...positive(into).map((each) => ({ source: `in ${each.name}`, target: middle, value: each.amount.amount, words: said(each) })),
          ...positive(out).map((each) => ({ source: middle, target: `out ${each.name}`, value: each.amount.amount, words: said(each) })),
        ],
      },
    ],
  };
}

/** Where a substance came from and went to in a region, as streams as wide as their amounts; and the same in words. */
export default function Sankey({ line, title }: { line: MassBalance; title: string }) {
  const { t, i18n } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const word = (stream: Stream) => t(`balance.${stream.name}`, stream.name);
  useEffect(() => {
    const chart: ECharts = init(box.current!);
    chart.setOption(option(line, title, word) as never);
    const fit = new ResizeObserver(() => chart.resize());
    fit.observe(box.current!);
    return () => (fit.disconnect(), chart.dispose());
  }, [line, title, i18n.language]);
  const { into, out } = streamsOf(line);
  const list = (head: string, streams: Stream[]) => (
    <section>
      <h4>{head}</h4>
      <ul>
        {streams.map((each) => (
          <li key={each.name}>
            <span>{word(each)}</span> <b className={isLoss(each.name) ? 'gap' : ''}>{printAmount(each.amount)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
  return (
    <figure className="sankey">
      <div ref={box} className="sankey-picture" role="img" aria-label={t('balance.picture', { title })} />
      <figcaption>
        {list(t('balance.into'), into)}
        {list(t('balance.outOf'), out)}
      </figcaption>
    </figure>
  );
}
