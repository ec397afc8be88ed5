import { Alert, Button, Card, Space, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Receipt } from '../api/submit';
import { fetchFile } from '../api/client';
import { useRead } from '../api/hooks';
import { correctable } from '../lib/correction';
import { printAmount, printQuantity, printTime, titleOf } from '../lib/print';
import { formatAmount } from '../lib/quantity';
import { qrModules, qrPath } from '../lib/qr';
import { save } from '../lib/save';
import { useLongWork } from './long_work';

export function Qr({ text, label }: { text: string; label: string }) {
  const modules = qrModules(text);
  const edge = modules.length + 8;
  return (
    <svg className="qr" viewBox={`-4 -4 ${edge} ${edge}`} role="img" aria-label={label}>
      <rect x={-4} y={-4} width={edge} height={edge} fill="#fff" />
      <path d={qrPath(modules)} fill="#000" />
    </svg>
  );
}

interface Revealed {
  lot: string;
  shipped: number;
  counted: number;
}

interface Outcome {
  reveal?: Revealed[];
  set?: { consignment?: { id: string }[] };
  put?: { finding?: { id: string; kind: string; severity?: string }[]; obligation?: { id: string; kind: string }[] };
}

/** After a blind count: what was sent, beside what was counted. The lines of the consignment tell the units. */
function Reveal({ rows, consignment }: { rows: Revealed[]; consignment: string }) {
  const { t } = useTranslation();
  const goods = useRead('/v1/consignments/{consignment}', { path: { consignment } });
  const print = (lot: string, amount: bigint) => {
    const unit = goods.data?.lines.find((line) => line.lot === lot)?.counted?.unit;
    if (unit) return printQuantity(formatAmount(amount, unit));
    return goods.isError ? amount.toLocaleString('en') : '…';
  };
  return (
    <section className="reveal">
      <h3>{t('reveal.title')}</h3>
      <Table<Revealed>
        size="small"
        pagination={false}
        rowKey="lot"
        dataSource={rows}
        columns={[
          { title: t('field.lot'), dataIndex: 'lot' },
          { title: t('reveal.shipped'), render: (_, row) => print(row.lot, BigInt(row.shipped)) },
          { title: t('reveal.counted'), render: (_, row) => print(row.lot, BigInt(row.counted)) },
          {
            title: t('reveal.difference'),
            render: (_, row) => {
              const gap = BigInt(row.counted) - BigInt(row.shipped);
              return <b className={gap === 0n ? 'fits' : 'gap'}>{gap === 0n ? t('reveal.fits') : print(row.lot, gap)}</b>;
            },
          },
        ]}
      />
    </section>
  );
}

export function entryLink(index: number): string {
  return `${location.origin}/#/entry/${index}`;
}

/** A file from the server, saved under a name while its progress shows. */
export function SaveFile({ path, name, label, primary = false }: { path: string; name: string; label: string; primary?: boolean }) {
  const work = useLongWork();
  const start = () => work.run(async (signal, tell) => save(await fetchFile(path, signal, tell), name));
  return (
    <>
      <Button type={primary ? 'primary' : 'default'} disabled={work.busy} onClick={start}>
        {label}
      </Button>
      {work.view}
    </>
  );
}

export function EntryFiles({ index, receipt }: { index: number; receipt?: Receipt }) {
  const { t } = useTranslation();
  return (
    <Space wrap className="no-print">
      <SaveFile primary path={`/v1/entries/${index}/bundle`} name={`bundle-${index}.json`} label={t('receipt.bundle')} />
      {receipt && <Button onClick={() => save(JSON.stringify(receipt, null, 1), `receipt-${index}.json`)}>{t('receipt.save')}</Button>}
      <Button onClick={() => print()}>{t('print')}</Button>
    </Space>
  );
}

/** What the entry showed: by its text, and how much is missing; the number alone while that is read. */
function Opened({ id }: { id: string }) {
  const { t } = useTranslation();
  const finding = useRead('/v1/findings/{finding}', { path: { finding: id } });
  const known = finding.data;
  return (
    <Alert
      type="warning"
      showIcon
      className="gap-above gap-below"
      message={known ? titleOf(known) : t('receipt.finding', { id })}
      description={
        <>
          <Link href={`/finding/${id}`}>{id}</Link> {known?.missing && known.missing.amount !== 0 && <>· {t('finding.missing')} <b>{printAmount(known.missing)}</b></>}
        </>
      }
    />
  );
}

/** What the author gets: the place in the log, proved, and what the entry did. `mine`: of a party that may correct it. */
export function ReceiptCard({ receipt, type, mine = true }: { receipt: Receipt; type: string; mine?: boolean }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const outcome = JSON.parse(receipt.outcome) as Outcome;
  const findings = outcome.put?.finding ?? [];
  return (
    <Card className="receipt">
      <div className="receipt-head">
        <div>
          <p className="seal">{t('receipt.stored')}</p>
          <h2>{t(`step.${type.split('/')[0]}`)}</h2>
          <p>{t('receipt.place', { index: receipt.index, time: printTime(receipt.rtime) })}</p>
          <p className="hash">{receipt.entry_id}</p>
          <p className="dim">{t('receipt.verified')}</p>
        </div>
        <Qr text={entryLink(receipt.index)} label={t('receipt.qr')} />
      </div>
      {outcome.reveal && <Reveal rows={outcome.reveal} consignment={outcome.set?.consignment?.[0]?.id ?? ''} />}
      {findings.map((each) => (
        <Opened key={each.id} id={each.id} />
      ))}
      <EntryFiles index={receipt.index} receipt={receipt} />{' '}
      {mine && correctable.includes(type.split('/')[0]!) && (
        <Button className="no-print" onClick={() => go(`/record/entry.correct/entry=${receipt.index}`)}>
          {t('step.entry.correct')}
        </Button>
      )}
      <section className="print-only">
        <h3>{t('receipt.paper')}</h3>
        <pre className="bytes">{receipt.leaf}</pre>
        <pre className="bytes">{receipt.receipt}</pre>
      </section>
    </Card>
  );
}
