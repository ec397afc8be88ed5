import { Alert, Button, Card, Descriptions, Segmented, Space, Table, Timeline, type TableColumnsType } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useRead, useRows } from '../../api/hooks';
import { seen } from '../../api/live';
import type { Finding, Localisation } from '../../api/rows';
import { useSignedIn } from '../../api/session';
import { printAmount, printTime, titleOf } from '../../lib/print';
import { List } from '../../parts/list';
import { PartyName, SubstanceName } from '../../parts/names';
import { LawNote, Show, State } from '../../parts/states';
import { Subject } from '../../parts/subject';
import { CustodyFacts } from './custody';

type Scope = 'open' | 'explained' | 'closed' | 'all';

/** Deviations on their way from open to closed. */
export function Findings() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const session = useSignedIn();
  const [scope, setScope] = useState<Scope>('all');
  const own = session.agency ? {} : { party: session.party };
  const list = useRows('/v1/findings', { query: { ...own, ...(scope === 'all' ? {} : { state: scope }) } as never });
  const columns: TableColumnsType<Finding> = [
    { title: t('finding.no'), width: 110, render: (_, row) => <Link href={`/finding/${row.id}`}>{row.id}</Link> },
    { title: t('finding.what'), width: 220, render: (_, row) => titleOf(row, row.kind) },
    { title: t('finding.severity'), width: 80, render: (_, row) => <State of={row.severity} /> },
    { title: t('finding.missing'), width: 110, align: 'right', render: (_, row) => <b className="figure">{printAmount(row.missing)}</b> },
    { title: t('finding.about'), width: 130, render: (_, row) => <Subject of={row.subject} /> },
    { title: t('finding.custodian'), width: 210, render: (_, row) => (row.custodian ? <PartyName id={row.custodian} /> : '–') },
    { title: t('state'), width: 90, render: (_, row) => <State of={row.state} /> },
  ];
  const options = (['all', 'open', 'explained', 'closed'] as const).map((value) => ({ value, label: t(value === 'all' ? 'goods.all' : `state.${value}`) }));
  return (
    <Card title={t('nav.findings')} extra={<Segmented<Scope> value={scope} onChange={setScope} options={options} />}>
      <List of={list} columns={columns} rowKey="id" empty={t('finding.none')} onRow={(row) => go(`/finding/${row.id}`)} />
    </Card>
  );
}

/** Every signed measurement on the way; between the last that agrees and the first that does not lies the loss. */
function Interval({ finding }: { finding: string }) {
  const { t } = useTranslation();
  const found = useRead('/v1/findings/{finding}/localisation', { path: { finding } });
  if (found.isError) return null;
  return (
    <Show of={found}>
      {() => {
        const it: Localisation = found.data!;
        return (
          <Card title={t('finding.interval')}>
            <Alert type="error" showIcon className="gap-below" message={t('finding.between', { lo: printAmount(it.lo), hi: printAmount(it.hi) })} />
            <Table
              size="small"
              pagination={false}
              rowKey="index"
              scroll={{ x: 'max-content' }}
              dataSource={it.measurements}
              rowClassName={(_, n) => (n === it.first_disagreeing ? 'lost' : '')}
              columns={[
                { title: t('entry.index'), render: (_, row) => <Link href={`/entry/${row.index}`}>#{row.index}</Link> },
                { title: t('entry.time'), render: (_, row) => printTime(row.time) },
                { title: t('entry.type'), render: (_, row) => t(`step.${row.type}`, row.type) },
                { title: t('entry.party'), render: (_, row) => <PartyName id={row.party} /> },
                { title: t('finding.people'), render: (_, row) => row.keys.map((each) => each.officer || each.key.slice(0, 12)).join('、') },
                { title: t('finding.expected'), align: 'right', render: (_, row) => printAmount(row.expected) },
                { title: t('finding.measured'), align: 'right', render: (_, row) => <b className={row.agrees ? 'fits' : 'gap'}>{printAmount(row.amount)}</b> },
              ]}
            />
            <div className="gap-above">
              <CustodyFacts of={it} />
            </div>
          </Card>
        );
      }}
    </Show>
  );
}

export default function FindingPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const session = useSignedIn();
  const finding = useRead('/v1/findings/{finding}', { path: { finding: id } });
  useEffect(() => seen(id), [id]);
  const steps = session.agency ? ['finding.close', 'loss.conclude'] : ['finding.explain', 'loss.report'];
  return (
    <Show of={finding}>
      {() => {
        const it = finding.data!;
        return (
          <div className="stack">
            <Card title={`${titleOf(it, it.kind)} ${id}`} extra={<State of={it.state} />}>
              <Descriptions
                size="small"
                bordered
                column={{ xs: 1, md: 2 }}
                items={[
                  { key: 'missing', label: t('finding.missing'), children: <b>{printAmount(it.missing)}</b> },
                  { key: 'severity', label: t('finding.severity'), children: <State of={it.severity} /> },
                  { key: 'substance', label: t('field.substance'), children: it.substance ? <SubstanceName code={it.substance} /> : '–' },
                  { key: 'lot', label: t('field.lot'), children: it.lot ? <Link href={`/lot/${it.lot}`}>{it.lot}</Link> : '–' },
                  { key: 'about', label: t('finding.about'), children: <Subject of={it.subject} /> },
                  { key: 'custodian', label: t('finding.custodian'), children: it.custodian ? <PartyName id={it.custodian} /> : '–' },
                  { key: 'vehicle', label: t('field.vehicle'), children: it.vehicle || '–' },
                  { key: 'seals', label: t('field.seals'), children: <bdi>{it.seals || '–'}</bdi> },
                  { key: 'law', label: t('law.article'), children: <LawNote article={it.article} confidence={it.confidence} /> },
                ]}
              />
              {it.state !== 'closed' && (
                <Space wrap className="gap-above">
                  {steps.map((step, n) => (
                    <Button key={step} type={n === 0 ? 'primary' : 'default'} onClick={() => go(`/record/${step}/finding=${id}`)}>
                      {t(`step.${step}`)}
                    </Button>
                  ))}
                </Space>
              )}
            </Card>
            <Interval finding={id} />
            <Card title={t('finding.history')}>
              <Timeline
                items={it.history.map((note) => ({
                  children: (
                    <>
                      <b>{t(`act.${note.act}`, note.act)}</b> <PartyName id={note.party} /> <Link href={`/entry/${note.seq}`}>#{note.seq}</Link>
                      <p>
                        <bdi>{note.statement}</bdi>
                      </p>
                    </>
                  ),
                }))}
              />
            </Card>
          </div>
        );
      }}
    </Show>
  );
}
