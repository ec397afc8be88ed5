import { Alert, Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRead, useSubstances } from '../api/hooks';
import type { CorrectedPair, WholeEntry } from '../api/rows';
import { goodsOf, otherSigner, restated, type Restated } from '../lib/correction';
import { printQuantity, printTime } from '../lib/print';
import { formatAmount } from '../lib/quantity';
import { Signer } from './signer';

/** An entry of the pair in a column: which, when, and everybody who signed it. */
function Half({ entry, title, other }: { entry: WholeEntry; title: string; other: string | null }) {
  const { t } = useTranslation();
  const whole = useRead('/v1/entries/{index}', { path: { index: entry.index } });
  return (
    <section className="half">
      <h4>{title}</h4>
      <p>
        <Link href={`/entry/${entry.index}`}>#{entry.index}</Link> {t(`step.${entry.type.split('/')[0]}`, entry.type)}
      </p>
      <p className="dim">{printTime(entry.rtime)}</p>
      <p className="dim">{t('correction.who')}</p>
      <ul className="plain-list">
        {(whole.data?.signers ?? []).map((each) => (
          <li key={each}>
            <Signer id={each} other={other} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was, what is, by how much, who and why: both entries stay in the log and are shown together. */
export function CorrectionView({ pair }: { pair: CorrectedPair }) {
  const { t } = useTranslation();
  const substances = useSubstances();
  const other = otherSigner(pair.original.payload);
  const rows = restated(goodsOf(pair.original.outcome), goodsOf(pair.correction.outcome));
  const print = (row: Restated, amount: bigint) => {
    if (amount === 0n) return '0';
    const base = substances.get(row.move.substance)?.unit;
    return base ? printQuantity(formatAmount(amount, base)) : '…';
  };
  const change = ({ was, is }: Restated) => is - was;
  return (
    <Card className="gap-above correction" size="small" title={t('correction.title')}>
      <div className="halves">
        <Half entry={pair.original} title={t('correction.original')} other={other} />
        <Half entry={pair.correction} title={t('correction.correction')} other={other} />
      </div>
      <Alert type="info" className="gap-below" message={<><b>{t('correction.why')}</b> <bdi>{pair.reason}</bdi></>} />
      <Table<Restated>
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey={({ move }) => `${move.lot} ${move.from} ${move.to}`}
        dataSource={rows}
        columns={[
          { title: t('field.lot'), render: (_, { move }) => <Link href={`/lot/${move.lot}`}>{move.lot}</Link> },
          { title: t('correction.was'), align: 'right', render: (_, row) => <s className="figure">{print(row, row.was)}</s> },
          { title: t('correction.is'), align: 'right', render: (_, row) => <b className="figure">{print(row, row.is)}</b> },
          { title: t('reveal.difference'), align: 'right', render: (_, row) => <span className="figure">{change(row) > 0n ? '+' : ''}{print(row, change(row))}</span> },
        ]}
      />
    </Card>
  );
}
