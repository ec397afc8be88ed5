import { Alert, Button, Card, Descriptions, Segmented, Space, Steps, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useRead, useRows } from '../api/hooks';
import type { Consignment, ConsignmentLine } from '../api/rows';
import { useSignedIn } from '../api/session';
import { printAmount, printTime } from '../lib/print';
import { List } from '../parts/list';
import { PartyName, SubstanceName } from '../parts/names';
import { Qr } from '../parts/receipt';
import { Show, State } from '../parts/states';
import { Waybill } from './waybill';

type Scope = 'open' | 'all';
const settled = ['accepted', 'returned', 'cancelled'];

export function Goods() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const session = useSignedIn();
  const [scope, setScope] = useState<Scope>('open');
  const list = useRows('/v1/consignments', { query: session.agency ? {} : { party: session.party } });
  const shown = { ...list, rows: scope === 'all' ? list.rows : list.rows.filter((each) => !settled.includes(each.state)) };
  const columns: TableColumnsType<Consignment> = [
    { title: t('field.consignment'), width: 130, render: (_, row) => <Link href={`/goods/${row.id}`}>{row.id}</Link> },
    { title: t('goods.way'), width: 340, render: (_, row) => (<><PartyName id={row.sender} known={row.names[row.sender]} /> → <PartyName id={row.receiver} known={row.names[row.receiver]} /></>) },
    { title: t('field.vehicle'), dataIndex: 'vehicle', width: 110 },
    { title: t('goods.sent'), width: 150, render: (_, row) => printTime(row.dispatched_at) },
    { title: t('goods.lines'), width: 180, render: (_, row) => row.lines.map((each) => (<div key={each.n}><SubstanceName code={each.substance} /> {row.blind ? t('goods.blind') : printAmount(each.shipped)}</div>)) },
    { title: t('state'), width: 90, render: (_, row) => <State of={row.state} /> },
  ];
  return (
    <Card title={t('nav.goods')} extra={<Segmented<Scope> value={scope} onChange={setScope} options={[{ value: 'open', label: t('goods.open') }, { value: 'all', label: t('goods.all') }]} />}>
      <List of={shown} columns={columns} rowKey="id" empty={t('goods.none')} onRow={(row) => go(`/goods/${row.id}`)} />
    </Card>
  );
}

const stages = ['dispatched', 'carried', 'counted', 'accepted'];

function NextSteps({ goods }: { goods: Consignment }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { party } = useSignedIn();
  const steps: string[] = [];
  if (party === goods.carrier && goods.state === 'dispatched') steps.push('transfer.carry');
  if (party === goods.receiver && goods.counted === null) steps.push('transfer.count');
  if (party === goods.receiver && goods.state === 'counted') steps.push('transfer.accept', 'transfer.refuse');
  if (party === goods.sender && goods.state === 'dispatched') steps.push('transfer.cancel');
  if ([goods.sender, goods.carrier, goods.receiver].includes(party)) steps.push('loss.report');
  return (
    <Space wrap className="no-print">
      {steps.map((step, n) => (
        <Button key={step} type={n === 0 ? 'primary' : 'default'} onClick={() => go(`/record/${step}/consignment=${goods.id}`)}>
          {t(`step.${step}`)}
        </Button>
      ))}
      <Button onClick={() => print()}>{t('goods.waybill')}</Button>
    </Space>
  );
}

export default function GoodsPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const goods = useRead('/v1/consignments/{consignment}', { path: { consignment: id } });
  const columns: TableColumnsType<ConsignmentLine> = [
    { title: t('field.lot'), render: (_, row) => <Link href={`/lot/${row.lot}`}>{row.lot}</Link> },
    { title: t('field.substance'), render: (_, row) => <SubstanceName code={row.substance} /> },
    { title: t('reveal.shipped'), align: 'right', render: (_, row) => (goods.data?.blind ? t('goods.blind') : printAmount(row.shipped)) },
    { title: t('goods.carried'), align: 'right', render: (_, row) => printAmount(row.carried) },
    { title: t('reveal.counted'), align: 'right', render: (_, row) => printAmount(row.counted) },
  ];
  return (
    <Show of={goods}>
      {() => {
        const it = goods.data!;
        const party = (name: string) => (name ? <PartyName id={name} known={it.names[name]} /> : '–');
        return (
          <>
          <Waybill goods={it} />
          <Card title={t('goods.title', { id })} className="no-print">
            <div className="receipt-head">
              <div className="wide">
                <Steps size="small" current={Math.max(stages.indexOf(it.state), 0)} items={stages.map((each) => ({ title: t(`state.${each}`) }))} />
                <Descriptions
                  size="small"
                  bordered
                  className="gap-above"
                  column={{ xs: 1, md: 2 }}
                  items={[
                    { key: 'sender', label: t('goods.sender'), children: party(it.sender) },
                    { key: 'receiver', label: t('field.receiver'), children: party(it.receiver) },
                    { key: 'carrier', label: t('field.carrier'), children: party(it.carrier) },
                    { key: 'vehicle', label: t('field.vehicle'), children: it.vehicle || '–' },
                    { key: 'seals', label: t('field.seals'), children: <bdi>{it.seals || '–'}</bdi> },
                    { key: 'permit', label: t('field.permit'), children: it.permit ? <Link href={`/permit/${it.permit}`}>{it.permit}</Link> : '–' },
                    { key: 'sale', label: t('field.sale'), children: it.sale || '–' },
                    { key: 'state', label: t('state'), children: <State of={it.state} /> },
                  ]}
                />
              </div>
              <Qr text={`${location.origin}/#/goods/${id}`} label={t('goods.qr')} />
            </div>
            {it.blind && <Alert type="info" showIcon className="gap-above" message={t('goods.blindTitle')} description={t('goods.blindHint')} />}
            <Table className="gap-above" size="small" pagination={false} rowKey="n" columns={columns} dataSource={it.lines} scroll={{ x: 'max-content' }} />
            <div className="gap-above">
              <NextSteps goods={it} />
            </div>
          </Card>
          </>
        );
      }}
    </Show>
  );
}
