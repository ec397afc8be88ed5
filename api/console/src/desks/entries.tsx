import { Card, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useRows } from '../api/hooks';
import type { Entry } from '../api/rows';
import { useSignedIn } from '../api/session';
import { printTime } from '../lib/print';
import { List } from '../parts/list';
import { PartyName } from '../parts/names';

/** What was signed lately, by this party or in reach of this agency. */
export function Entries() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const session = useSignedIn();
  const own = session.agency ? {} : { party: session.party };
  const list = useRows('/v1/entries', { query: { ...own, order: 'newest' } as never });
  const columns: TableColumnsType<Entry> = [
    { title: t('entry.index'), width: 90, render: (_, row) => <Link href={`/entry/${row.index}`}>#{row.index}</Link> },
    { title: t('entry.type'), width: 170, render: (_, row) => t(`step.${row.type}`, row.type) },
    { title: t('entry.party'), width: 240, render: (_, row) => <PartyName id={row.party} /> },
    { title: t('entry.time'), width: 160, render: (_, row) => printTime(row.rtime) },
  ];
  return (
    <Card title={t('nav.entries')}>
      <List of={list} columns={columns} rowKey="index" empty={t('entry.none')} onRow={(row) => go(`/entry/${row.index}`)} />
    </Card>
  );
}
