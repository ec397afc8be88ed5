import { Button, Card, InputNumber, Segmented, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead, useSubstances } from '../api/hooks';
import { nameOf, printDate } from '../lib/print';
import { Qr } from '../parts/receipt';
import { Show } from '../parts/states';

type Size = 'large' | 'small';
const most = 200;

interface LotFacts {
  substance?: string;
  maker?: string;
  expiry?: string;
}

function Label({ lot, of, size }: { lot: string; of: LotFacts; size: Size }) {
  const { t } = useTranslation();
  const substance = useSubstances().get(of.substance ?? '');
  return (
    <article className={`label label-${size}`}>
      <Qr text={`${location.origin}/#/lot/${encodeURIComponent(lot)}`} label={t('labels.qr')} />
      <div>
        <b>{nameOf(substance, of.substance)}</b>
        <p>
          {of.substance} · {t('stock.class')} {substance?.class ?? '–'}
        </p>
        <p className="label-lot">{lot}</p>
        {of.maker && <p>{of.maker}</p>}
        {of.expiry && (
          <p>
            {t('field.expiry')} {printDate(of.expiry)}
          </p>
        )}
      </div>
    </article>
  );
}

/** Labels for the packages of a lot, to print and cut; the code leads to the lot. */
export default function Labels({ lot }: { lot: string }) {
  const { t } = useTranslation();
  const found = useRead('/v1/lots/{lot}', { path: { lot } });
  const [count, setCount] = useState(12);
  const [size, setSize] = useState<Size>('large');
  return (
    <Card
      className="print-whole"
      title={t('labels.title', { lot })}
      extra={
        <Space wrap className="no-print">
          <Segmented<Size> value={size} onChange={setSize} options={[{ value: 'large', label: t('labels.large') }, { value: 'small', label: t('labels.small') }]} />
          <InputNumber aria-label={t('labels.count')} min={1} max={most} value={count} onChange={(n) => setCount(n ?? 1)} />
          <Button type="primary" onClick={() => print()}>
            {t('print')}
          </Button>
        </Space>
      }
    >
      <Show of={found}>
        {() => (
          <div className="labels">
            {Array.from({ length: count }, (_, n) => (
              <Label key={n} lot={lot} of={found.data as LotFacts} size={size} />
            ))}
          </div>
        )}
      </Show>
    </Card>
  );
}
