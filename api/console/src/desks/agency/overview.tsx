import { Button, Card, Progress, Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useRead, useRows } from '../../api/hooks';
import type { Application, Obligation, Party } from '../../api/rows';
import { printAmount } from '../../lib/print';
import { List } from '../../parts/list';
import { PartyName, PermitKindName, SubstanceName } from '../../parts/names';
import { Show, State } from '../../parts/states';
import { Countdown } from '../obligations';

/** By when the authority must act, by what it is about: "application:A-1", and a unit by its id alone. */
function useClocks(kind: string): Map<string, Obligation> {
  const duties = useRows('/v1/obligations', { query: { kind } as never });
  return new Map(duties.rows.filter((each) => each.closed === null).map((each) => [each.subject, each]));
}

function Clock({ of }: { of: Obligation | undefined }) {
  return of ? <Countdown due={of.due} overdue={of.overdue} /> : <>–</>;
}

/** Units that registered and wait to be looked at. */
export function Queue() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const clocks = useClocks('verify-party');
  const list = useRows('/v1/parties', { query: { status: 'registered' } as never });
  const columns: TableColumnsType<Party> = [
    { title: t('field.name'), width: 280, render: (_, row) => <bdi>{row.name}</bdi> },
    { title: t('field.uscc'), dataIndex: 'uscc', width: 190 },
    { title: t('field.region'), dataIndex: 'region', width: 90 },
    { title: t('field.kinds'), width: 180, render: (_, row) => row.kinds.map((each) => t(`kind.${each}`, each)).join('、') },
    { title: t('queue.clock'), width: 170, render: (_, row) => <Clock of={clocks.get(row.id)} /> },
    { title: '', width: 120, render: (_, row) => <Button type="primary" onClick={() => go(`/record/party.verify/party=${row.id}`)}>{t('step.party.verify')}</Button> },
  ];
  return (
    <Card title={t('nav.queue')}>
      <List of={list} columns={columns} rowKey="id" empty={t('queue.none')} />
    </Card>
  );
}

export function Applications() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const clocks = useClocks('decide-permit');
  const list = useRows('/v1/applications');
  const columns: TableColumnsType<Application> = [
    { title: t('field.application'), dataIndex: 'id', width: 160 },
    { title: t('application.who'), width: 240, render: (_, row) => <PartyName id={row.applicant} /> },
    { title: t('permit.kind'), width: 200, render: (_, row) => <PermitKindName code={row.kind} /> },
    { title: t('field.lines'), width: 220, render: (_, row) => row.lines.map((each) => <div key={each.substance}><SubstanceName code={each.substance} /> {printAmount(each.amount)}</div>) },
    { title: t('queue.clock'), width: 170, render: (_, row) => <Clock of={clocks.get(`application:${row.id}`)} /> },
    { title: t('state'), width: 90, render: (_, row) => <State of={row.state} /> },
    {
      title: '',
      width: 200,
      render: (_, row) =>
        row.state === 'open' && (
          <>
            <Button type="primary" onClick={() => go(`/record/permit.issue/application=${row.id}&holder=${row.applicant}&kind=${row.kind}`)}>{t('step.permit.issue')}</Button>{' '}
            <Button onClick={() => go(`/record/permit.refuse/application=${row.id}`)}>{t('step.permit.refuse')}</Button>
          </>
        ),
    },
  ];
  return (
    <Card title={t('nav.applications')}>
      <List of={list} columns={columns} rowKey="id" empty={t('application.none')} />
    </Card>
  );
}

/** How many of the known units are registered, and how many of those were verified. */
export function Coverage() {
  const { t } = useTranslation();
  const coverage = useRead('/v1/coverage');
  const bar = (permille: number) => <Progress percent={permille / 10} size="small" format={() => `${Math.floor(permille / 10)}.${permille % 10} %`} aria-label={`${permille / 10} %`} />;
  return (
    <Card title={t('nav.coverage')}>
      <Show of={coverage}>
        {() => (
          <Table
            size="middle"
            rowKey="region"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={coverage.data!.regions}
            columns={[
              { title: t('field.region'), render: (_, row) => `${row.name} ${row.region}` },
              { title: t('coverage.known'), dataIndex: 'known', align: 'right' },
              { title: t('coverage.registered'), width: 220, render: (_, row) => bar(row.registered_permille) },
              { title: t('coverage.verified'), width: 220, render: (_, row) => bar(row.verified_permille) },
            ]}
          />
        )}
      </Show>
    </Card>
  );
}
