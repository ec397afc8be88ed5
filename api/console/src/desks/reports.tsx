import { Button, Card, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { fetchFile } from '../api/client';
import { useRead } from '../api/hooks';
import type { Amount } from '../api/rows';
import { useSignedIn } from '../api/session';
import { printAmount, today } from '../lib/print';
import { save } from '../lib/save';
import { fileHash } from '../lib/sha256';
import { useLongWork } from '../parts/long_work';
import { Show } from '../parts/states';
import { periods } from './periods';

const kinds = ['annual', 'monthly', 'sales-filings', 'sales-ledger', 'use-ledger', 'stock-ledger', 'count-sheet', 'write-offs', 'corrections'] as const;
/** Of these the law wants the unit to file them; the name is that of the kind of report too. */
const filed: readonly string[] = ['annual', 'monthly'];
const formats = ['xlsx', 'csv', 'json'] as const;
const previewRows = 200;

type Cell = string | number | Amount | null;
interface ReportTable {
  name: string;
  title: string;
  columns: { name: string; head: string }[];
  rows: Record<string, Cell>[];
}
interface Report {
  title: string;
  tree_size: string;
  root: string;
  tables: ReportTable[];
}

function printCell(cell: Cell): string {
  return cell === null ? '' : typeof cell === 'object' ? printAmount(cell) : String(cell);
}

function Preview({ table }: { table: ReportTable }) {
  const { t } = useTranslation();
  return (
    <section>
      <h4>{table.title}</h4>
      {table.rows.length === 0 ? (
        <p className="dim">{t('reports.empty')}</p>
      ) : (
        <div className="sheet" tabIndex={0} role="region" aria-label={table.title}>
          <table className="plain">
            <thead>
              <tr>
                {table.columns.map((each) => (
                  <th key={each.name}>{each.head}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.slice(0, previewRows).map((row, n) => (
                <tr key={n}>
                  {table.columns.map((each) => (
                    <td key={each.name}>
                      <bdi>{printCell(row[each.name] ?? null)}</bdi>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {table.rows.length > previewRows && <p className="dim">{t('reports.cut', { shown: previewRows, all: table.rows.length })}</p>}
    </section>
  );
}

/** Reports and ledgers of a period, made by the registry from the log alone; looked at here, and saved as a file. */
export default function Reports() {
  const { t, i18n } = useTranslation();
  const session = useSignedIn();
  const [kind, setKind] = useState<string>(session.agency ? 'city' : 'stock-ledger');
  const [period, setPeriod] = useState(today().slice(0, 7));
  const work = useLongWork();
  const [, go] = useLocation();
  const offered = session.agency ? [...kinds, 'city'] : kinds;
  const lang = i18n.language === 'en' ? 'en' : 'zh';
  const region: Record<string, string> = session.agency ? { region: session.agency.region.replace(/(00)+$/, '') } : {};
  const report = useRead('/v1/reports/{kind}', { path: { kind }, query: { period, format: 'json', lang, ...region } as never });
  const download = (format: string) =>
    work.run(async (signal, tell) => {
      const query = new URLSearchParams({ period, format, lang, ...region });
      save(await fetchFile(`/v1/reports/${kind}?${query}`, signal, tell), `${t(`report.${kind}`)}-${period}.${format}`);
    });
  /** The workbook is saved, and its hash is what will be signed. */
  const file = () =>
    work.run(async (signal, tell) => {
      const blob = await fetchFile(`/v1/reports/${kind}?${new URLSearchParams({ period, format: 'xlsx', lang, ...region })}`, signal, tell);
      const hash = await fileHash(blob);
      save(blob, `${t(`report.${kind}`)}-${period}.xlsx`);
      go(`/record/report.file/${new URLSearchParams({ kind, period, hash, at_index: String(Number((report.data as unknown as Report).tree_size) - 1) })}`);
    });
  return (
    <Card
      title={t('nav.reports')}
      className="print-whole"
      extra={
        <Space wrap className="no-print">
          {work.view}
          <Space.Compact>
            {formats.map((each) => (
              <Button key={each} disabled={work.busy} onClick={() => download(each)}>
                {each.toUpperCase()}
              </Button>
            ))}
          </Space.Compact>
          <Button onClick={() => print()}>{t('print')}</Button>
          <Button onClick={() => go('/certificate')}>{t('certificate.title')}</Button>
          {!session.agency && filed.includes(kind) && (
            <Button type="primary" disabled={work.busy || !report.data} onClick={file}>
              {t('step.report.file')}
            </Button>
          )}
        </Space>
      }
    >
      <Space wrap className="gap-below no-print">
        <Select className="picker" aria-label={t('reports.kind')} value={kind} onChange={setKind} options={offered.map((value) => ({ value, label: t(`report.${value}`) }))} />
        <Select className="picker" aria-label={t('balance.period')} showSearch value={period} onChange={setPeriod} options={periods()} />
      </Space>
      <Show of={report}>
        {() => {
          const it = report.data as unknown as Report;
          return (
            <div className="stack">
              <p className="hash">{t('reports.from', { size: it.tree_size })} {it.root}</p>
              {it.tables.map((each) => (
                <Preview key={each.name} table={each} />
              ))}
            </div>
          );
        }}
      </Show>
    </Card>
  );
}
