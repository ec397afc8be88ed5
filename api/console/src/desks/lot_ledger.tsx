import { Card, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRead } from '../api/hooks';
import type { Amount } from '../api/rows';
import { printAmount, printDate, today } from '../lib/print';
import { Show } from '../parts/states';

/** A line of the stock ledger of a unit. */
interface Line {
  date: string;
  reason: string;
  index: number | null;
  site: string;
  lot: string;
  partner_name: string | null;
  partner: string | null;
  consignment: string | null;
  in: Amount | null;
  out: Amount | null;
  balance: Amount;
  first_person: string | null;
  second_person: string | null;
  corrects: number | null;
  corrected_by: number | null;
}

const firstYear = 2024;

/** A reason stands in the ledger in both languages, Chinese first: "购进（签收） Received". */
function inWordsOf(language: string, reason: string): string {
  const at = reason.search(/ [A-Za-z]/);
  if (at < 0) return reason;
  return language === 'en' ? reason.slice(at + 1) : reason.slice(0, at);
}

/** Both the wrong line and those that set it right stay, each with the way to the other. */
function Corrected({ line }: { line: Line }) {
  const { t } = useTranslation();
  if (line.corrected_by !== null) return <Link href={`/entry/${line.corrected_by}`}>{t('trace.corrected', { index: line.corrected_by })}</Link>;
  return line.corrects === null ? null : <Link href={`/entry/${line.corrects}`}>{t('lot.corrects', { index: line.corrects })}</Link>;
}

/** Every movement behind the stock of a lot at one's own sites, with who signed it and what was left. */
export function LotLedger({ lot }: { lot: string }) {
  const { t, i18n } = useTranslation();
  const thisYear = Number(today().slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const report = useRead('/v1/reports/{kind}', { path: { kind: 'stock-ledger' }, query: { period: String(year), format: 'json' } as never });
  const rows = () => ((report.data as unknown as { tables: { rows: Line[] }[] }).tables[0]?.rows ?? []).filter((each) => each.lot === lot);
  const years = Array.from({ length: thisYear - firstYear + 1 }, (_, n) => ({ value: thisYear - n, label: String(thisYear - n) }));
  return (
    <Card title={t('lot.ledger')} className="print-whole" extra={<Select aria-label={t('balance.period')} value={year} onChange={setYear} options={years} />}>
      <Show of={report}>
        {() => (
          <Table<Line>
            size="small"
            pagination={false}
            scroll={{ x: 'max-content' }}
            rowKey={(row) => `${row.index} ${row.site} ${row.date} ${row.balance.amount}`}
            dataSource={rows()}
            columns={[
              { title: t('entry.index'), render: (_, row) => (row.index === null ? '' : <Link href={`/entry/${row.index}`}>#{row.index}</Link>) },
              { title: t('lot.day'), render: (_, row) => printDate(row.date) },
              { title: t('lot.reason'), render: (_, row) => <>{inWordsOf(i18n.language, row.reason)} <Corrected line={row} /></> },
              { title: t('field.site'), dataIndex: 'site' },
              { title: t('lot.partner'), render: (_, row) => (<bdi>{row.partner_name || row.partner || ''}</bdi>) },
              { title: t('balance.in'), align: 'right', render: (_, row) => (row.in ? printAmount(row.in) : '') },
              { title: t('balance.out'), align: 'right', render: (_, row) => (row.out ? printAmount(row.out) : '') },
              { title: t('stock.balance'), align: 'right', render: (_, row) => <b>{printAmount(row.balance)}</b> },
              { title: t('finding.people'), render: (_, row) => [row.first_person, row.second_person].filter(Boolean).join('、') },
            ]}
          />
        )}
      </Show>
    </Card>
  );
}
