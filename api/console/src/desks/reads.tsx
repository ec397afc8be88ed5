import { Alert, Card, Input, Space, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readEvery, useRead, useRows } from '../api/hooks';
import type { Access } from '../api/rows';
import { useSignedIn } from '../api/session';
import { printTime } from '../lib/print';
import { SaveTable } from '../parts/save_table';
import { List } from '../parts/list';
import type { Advance } from '../parts/long_work';
import { PartyName } from '../parts/names';

function useColumns(isAuditor: boolean): TableColumnsType<Access> {
  const { t } = useTranslation();
  return [
    { title: t('entry.time'), width: 150, render: (_, row) => printTime(row.time) },
    { title: t('reads.who'), width: 240, render: (_, row) => (<><PartyName id={row.party} known={row.party_name} /> <small className="dim">{row.officer}</small></>) },
    { title: t('purpose.why'), width: 100, render: (_, row) => <Tag color={row.purpose === 'unstated' ? 'red' : 'default'}>{t(`purpose.${row.purpose}`)}</Tag> },
    { title: t('purpose.reference'), width: 220, render: (_, row) => <bdi>{row.reference || '–'}</bdi> },
    { title: t('reads.what'), width: 200, render: (_, row) => t(`operation.${row.operation}`, row.operation) },
    ...(isAuditor ? [{ title: t('reads.whose'), width: 240, render: (_: unknown, row: Access) => row.subjects.slice(0, 3).map((each) => <div key={each}><PartyName id={each} /></div>) }] : []),
    { title: '', width: 90, render: (_, row) => <span className="hash" title={row.hash}>{row.hash.slice(0, 8)}</span> },
  ];
}

/** Who looked at whose data, when and why. Each line is chained to the one before, so that none can be taken out. */
export default function Reads() {
  const { t } = useTranslation();
  const session = useSignedIn();
  const isAuditor = session.roles.includes('auditor');
  const [party, setParty] = useState('');
  const query = party ? { party } : {};
  const list = useRows('/v1/access-log', { query: query as never });
  const head = useRead('/v1/access-log/head');
  const table = async (signal: AbortSignal, tell: (advance: Advance) => void) => {
    const rows = await readEvery('/v1/access-log', { query: query as never }, signal, (done) => tell({ done, all: null }));
    return [
      ['index', 'time', 'party', 'officer', 'purpose', 'reference', 'operation', 'subjects', 'hash'],
      ...rows.map((row) => [String(row.index), row.time, row.party_name || row.party, row.officer, row.purpose, row.reference, row.operation, row.subjects.join(' '), row.hash]),
    ];
  };
  return (
    <Card
      title={t('nav.reads')}
      extra={
        <Space wrap className="no-print">
          {isAuditor && <Input.Search allowClear placeholder={t('reads.ofUnit')} aria-label={t('reads.ofUnit')} onSearch={(text) => setParty(text.trim())} />}
          <SaveTable rows={table} name="access-log" />
        </Space>
      }
    >
      <Alert
        type="info"
        className="gap-below"
        message={t(isAuditor ? 'reads.aboutAll' : 'reads.aboutOwn')}
        description={head.data && <span className="hash">{t('reads.head', { size: (head.data as { size: number }).size })} {(head.data as { hash: string }).hash}</span>}
      />
      <List of={list} columns={useColumns(isAuditor)} rowKey="index" empty={t('reads.none')} />
    </Card>
  );
}
