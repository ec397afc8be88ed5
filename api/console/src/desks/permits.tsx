import { Button, Card, Descriptions, Space, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useRead, useRows } from '../api/hooks';
import type { Permit, StatementLine } from '../api/rows';
import { useSignedIn } from '../api/session';
import { printAmount, printDate, printTime } from '../lib/print';
import { DrawBar, isMeasured } from '../parts/draw_bar';
import { List } from '../parts/list';
import { PartyName, PermitKindName, SubstanceName } from '../parts/names';
import { Qr, SaveFile } from '../parts/receipt';
import { Show, State } from '../parts/states';

export function Permits() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const session = useSignedIn();
  const list = useRows('/v1/permits', { query: session.agency ? {} : { holder: session.party } });
  const columns: TableColumnsType<Permit> = [
    { title: t('permit.no'), dataIndex: 'no', width: 150, render: (no: string) => <Link href={`/permit/${no}`}>{no}</Link> },
    { title: t('permit.kind'), width: 230, render: (_, row) => <PermitKindName code={row.kind} /> },
    ...(session.agency ? [{ title: t('permit.holder'), width: 200, render: (_: unknown, row: Permit) => <PartyName id={row.holder} /> }] : []),
    { title: t('permit.days'), width: 190, render: (_, row) => `${row.valid_from} ~ ${row.valid_to}` },
    { title: t('permit.draw'), width: 260, render: (_, row) => row.amounts.map((each) => <DrawBar key={each.substance} amount={each} />) },
    { title: t('state'), width: 90, render: (_, row) => <State of={row.state} /> },
  ];
  return (
    <Card title={t('nav.permits')}>
      <List of={list} columns={columns} rowKey="no" empty={t('permit.none')} onRow={(row) => go(`/permit/${row.no}`)} />
    </Card>
  );
}

/** From credit to zero, line by line, each with its entry. */
export function Statement({ permit }: { permit: string }) {
  const { t } = useTranslation();
  const list = useRows('/v1/permits/{permit}/statement', { path: { permit } });
  const columns: TableColumnsType<StatementLine> = [
    { title: t('entry.index'), dataIndex: 'index', width: 80, render: (index: number) => <Link href={`/entry/${index}`}>#{index}</Link> },
    { title: t('entry.time'), width: 150, render: (_, row) => printTime(row.rtime) },
    { title: t('entry.type'), width: 130, render: (_, row) => t(`step.${row.type}`, row.type) },
    { title: t('entry.party'), width: 200, render: (_, row) => <PartyName id={row.party} /> },
    { title: t('field.quantity'), width: 110, align: 'right', render: (_, row) => printAmount(row.amount) },
    { title: t('draw.held'), width: 110, align: 'right', render: (_, row) => printAmount(row.held) },
    { title: t('draw.used'), width: 110, align: 'right', render: (_, row) => printAmount(row.used) },
    { title: t('draw.left'), width: 110, align: 'right', render: (_, row) => <b>{printAmount(row.left)}</b> },
  ];
  return <List of={list} columns={columns} rowKey={(row) => `${row.index} ${row.from} ${row.to} ${row.substance}`} empty={t('permit.noDraws')} />;
}

export function PermitFacts({ permit }: { permit: Permit }) {
  const { t } = useTranslation();
  const party = (id: string) => (id ? <PartyName id={id} /> : '–');
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, md: 2 }}
      items={[
        { key: 'kind', label: t('permit.kind'), children: <PermitKindName code={permit.kind} /> },
        { key: 'state', label: t('state'), children: <State of={permit.state} /> },
        { key: 'holder', label: t('permit.holder'), children: party(permit.holder) },
        { key: 'issuer', label: t('permit.issuer'), children: party(permit.issuer) },
        { key: 'days', label: t('permit.days'), children: `${printDate(permit.valid_from)} ~ ${printDate(permit.valid_to)}` },
        { key: 'uses', label: t('permit.uses'), children: t(`uses.${permit.uses}`) },
        { key: 'supplier', label: t('field.supplier'), children: party(permit.supplier) },
        { key: 'carrier', label: t('field.carrier'), children: party(permit.carrier) },
        { key: 'purpose', label: t('field.purpose'), children: <bdi>{permit.purpose || '–'}</bdi> },
      ]}
    />
  );
}

function Acts({ permit }: { permit: Permit }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const session = useSignedIn();
  const steps = session.agency ? ['permit.suspend', 'permit.restore', 'permit.revoke', 'permit.close'] : ['permit.close', 'permit.suspend'];
  return (
    <>
      {steps.map((step) => (
        <Button key={step} danger={step === 'permit.revoke'} onClick={() => go(`/record/${step}/permit=${permit.no}`)}>
          {t(`step.${step}`)}
        </Button>
      ))}
    </>
  );
}

export default function PermitPage({ no }: { no: string }) {
  const { t } = useTranslation();
  const permit = useRead('/v1/permits/{permit}', { path: { permit: no } });
  return (
    <Show of={permit}>
      {() => (
        <div className="stack">
          <Card title={t('permit.title', { no })} className="print-whole">
            <div className="receipt-head">
              <div className="wide">
                <PermitFacts permit={permit.data!} />
                {permit.data!.amounts.map((each) => (
                  <div key={each.substance} className="draw-block">
                    <SubstanceName code={each.substance} /> {isMeasured(each) && <>· {t('draw.granted')} <b>{printAmount(each.granted)}</b></>}
                    <DrawBar amount={each} />
                  </div>
                ))}
              </div>
              <Qr text={`${location.origin}/#/check/${no}`} label={t('permit.qr')} />
            </div>
            <Space wrap className="no-print">
              <SaveFile primary path={`/v1/permits/${encodeURIComponent(no)}/bundle`} name={`statement-${no}.json`} label={t('permit.bundle')} />
              <Button onClick={() => print()}>{t('print')}</Button>
              <Acts permit={permit.data!} />
            </Space>
          </Card>
          <Card title={t('permit.statement')}>
            <Statement permit={no} />
          </Card>
        </div>
      )}
    </Show>
  );
}

