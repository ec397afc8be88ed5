import { Button, Card, Select, Space, Tag, type TableColumnsType } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useAll, useRead, useRows, useSubstances } from '../api/hooks';
import { mayRead } from '../api/rights';
import type { Balance } from '../api/rows';
import { useSignedIn } from '../api/session';
import { printAmount, printDate } from '../lib/print';
import { List } from '../parts/list';
import { PartyName, SubstanceName } from '../parts/names';
import { Show } from '../parts/states';
import { beginTrace, Trace } from './agency/trace_lazy';
import { LotLedger } from './lot_ledger';

/** What is where, by the book. */
export function Stock() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const session = useSignedIn();
  const [place, setPlace] = useState<string | undefined>();
  const substances = useSubstances();
  const sites = useAll('/v1/parties/{party}/sites', { path: { party: session.party } });
  const names = new Map((sites.data ?? []).map((each) => [each.id, each.name]));
  const list = useRows('/v1/balances', { query: { where: 'site', party: session.party, ...(place ? { place } : {}) } });
  const columns: TableColumnsType<Balance> = [
    { title: t('field.substance'), width: 240, render: (_, row) => <SubstanceName code={row.substance} /> },
    { title: t('stock.class'), width: 80, responsive: ['md'], render: (_, row) => <Tag>{substances.get(row.substance)?.class ?? '–'}</Tag> },
    { title: t('field.lot'), width: 170, render: (_, row) => <Link href={`/lot/${row.lot}`}>{row.lot}</Link> },
    { title: t('field.site'), width: 200, render: (_, row) => names.get(row.site ?? '') ?? row.account.replace('site:', '') },
    { title: t('stock.balance'), width: 120, align: 'right', fixed: 'right', render: (_, row) => <b className="figure">{printAmount(row.amount)}</b> },
  ];
  return (
    <Card
      title={t('nav.stock')}
      extra={
        <Space>
          <Select
            allowClear
            className="picker"
            placeholder={t('stock.allSites')}
            aria-label={t('field.site')}
            value={place}
            options={[...names].map(([value, label]) => ({ value, label }))}
            onChange={setPlace}
          />
        </Space>
      }
    >
      <List of={list} columns={columns} rowKey={(row) => `${row.account} ${row.lot}`} empty={t('stock.none')} onRow={(row) => go(`/lot/${row.lot}`)} />
    </Card>
  );
}

/** A site by the name of its owner; goods on the road by their consignment. */
function Whereabouts({ account }: { account: string }) {
  const { t } = useTranslation();
  const [kind, id] = [account.slice(0, account.indexOf(':')), account.slice(account.indexOf(':') + 1)];
  const site = useRead('/v1/sites/{site}', { path: { site: id }, enabled: kind === 'site' });
  if (kind === 'transit') return <>{t('account.transit')} <Link href={`/goods/${id}`}>{id}</Link></>;
  const it = site.data as { name?: string; party?: string } | undefined;
  return it?.party ? <><PartyName id={it.party} /> · <bdi>{it.name}</bdi> <small className="dim">{id}</small></> : <>{id}</>;
}

export default function LotPage({ lot }: { lot: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const session = useSignedIn();
  const found = useRead('/v1/lots/{lot}', { path: { lot } });
  const traces = session.agency !== null;
  useEffect(() => {
    if (traces) beginTrace(lot);
  }, [traces, lot]);
  return (
    <Show of={found}>
      {() => (
        <div className="stack">
          <Card title={t('lot.title', { lot })} extra={<Button className="no-print" onClick={() => go(`/labels/${encodeURIComponent(lot)}`)}>{t('labels.print')}</Button>}>
            <p>
              <SubstanceName code={found.data!.substance!} /> · {t('lot.maker')} {found.data!.maker ? <PartyName id={found.data!.maker} /> : '–'} · {t('field.expiry')} {printDate(found.data!.expiry)}
            </p>
            <ul className="where">
              {found.data!.balances!.map((each) => (
                <li key={each.account}>
                  <span>
                    <Whereabouts account={each.account!} />
                  </span>
                  <b className="figure">{printAmount(each.amount as never)}</b>
                </li>
              ))}
            </ul>
          </Card>
          {traces ? <Trace lot={lot} /> : mayRead(session.roles, 'report') && <LotLedger lot={lot} />}
        </div>
      )}
    </Show>
  );
}
