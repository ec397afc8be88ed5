import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Select, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { fetchFile } from '../api/client';
import { useAll, useRows } from '../api/hooks';
import { newestNote } from '../api/log';
import type { Amount } from '../api/rows';
import { useSignedIn } from '../api/session';
import { judge, type CountLine, type FindingLine, type GoodsLine, type Judgement, type PaperLine } from '../lib/certificate';
import { printAmount, printTime, titleOf, today } from '../lib/print';
import { save } from '../lib/save';
import { fileHash } from '../lib/sha256';
import { PermitKindName, SubstanceName } from '../parts/names';
import { Qr } from '../parts/receipt';
import { Nothing, Show, State } from '../parts/states';
import { periods } from './periods';

interface Made {
  party_name: string;
  uscc: string;
  period: string;
  tree_size: string;
  root: string;
  known_time: string;
  tables: { name: string; rows: unknown[] }[];
}

interface Statement {
  made: Made;
  file: Blob;
  hash: string;
  counts: CountLine[];
  /** The tree head over just the entries that were counted, signed by the log; null while the log grows. */
  note: string | null;
}

const rowsOf = <Row,>(made: Made, table: string) => (made.tables.find((each) => each.name === table)?.rows ?? []) as Row[];

/** The report, its file as it came, and the signed tree head over the same entries, verified here. */
async function makeStatement(query: Record<string, string>, signal: AbortSignal): Promise<Statement> {
  const ask = (kind: string) => fetchFile(`/v1/reports/${kind}?${new URLSearchParams({ ...query, format: 'json' })}`, signal);
  const [file, sheet] = await Promise.all([ask('annual'), ask('count-sheet')]);
  const made = JSON.parse(await file.text()) as Made;
  const { note, head } = await newestNote();
  const counts = rowsOf<CountLine>(JSON.parse(await sheet.text()) as Made, 'lines');
  return { made, file, hash: await fileHash(file), counts, note: String(head.size) === made.tree_size ? note : null };
}

function Table({ title, head, rows, empty }: { title: string; head: string[]; rows: ReactNode[][]; empty: string }) {
  return (
    <section className="statement">
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p className="dim">{empty}</p>
      ) : (
        <div className="sheet" tabIndex={0} role="region" aria-label={title}>
          <table className="plain">
            <thead>
              <tr>
                {head.map((each) => (
                  <th key={each}>{each}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, n) => (
                <tr key={n}>
                  {row.map((cell, m) => (
                    <td key={m}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** A period that is not over ends today. */
function daysOf(made: Made): { first: string; last: string } {
  const [first = '', last = ''] = made.period.split('/');
  return { first, last: last > today() ? today() : last };
}

function Says({ judged, name, made }: { judged: Judgement; name: string; made: Made }) {
  const { t } = useTranslation();
  const { first, last } = daysOf(made);
  return (
    <>
      <Alert
        className="gap-below"
        type={judged.standing === 'zero' ? 'success' : judged.standing === 'settled' ? 'info' : 'warning'}
        showIcon
        message={t(`certificate.${judged.standing}Says`, { name, first, last, findings: judged.openFindings.length, goods: judged.unbalanced.length, papers: judged.late.length, size: made.tree_size })}
      />
      {judged.openFindings.length > 0 && (
        <p>
          {t('certificate.openFindings')}{' '}
          {judged.openFindings.map((each) => (
            <span key={each.finding}>
              <Link href={`/finding/${each.finding}`}>{each.finding}</Link> <State of={each.state} />{' '}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

/** What a stranger checks: the log's signature over the tree head, the same root in the report, the hash of its file. */
function Proof({ statement }: { statement: Statement }) {
  const { t } = useTranslation();
  const { made, hash, note } = statement;
  return (
    <section className="statement proof">
      <h3>{t('certificate.proof')}</h3>
      <div className="receipt-head">
        <div className="wide">
          <Descriptions
            size="small"
            bordered
            column={1}
            items={[
              { key: 'size', label: t('certificate.size'), children: made.tree_size },
              { key: 'root', label: t('certificate.root'), children: <span className="hash">{made.root}</span> },
              { key: 'file', label: t('certificate.file'), children: <span className="hash">{hash}</span> },
            ]}
          />
          {note ? <pre className="bytes note">{note}</pre> : <p className="dim">{t('certificate.growing')}</p>}
          <p className="dim">{t('certificate.how')}</p>
        </div>
        {note && <Qr text={`${location.origin}/#/verify/${encodeURIComponent(note)}`} label={t('certificate.qr')} />}
      </div>
    </section>
  );
}

function Sheet({ statement, party }: { statement: Statement; party: string }) {
  const { t } = useTranslation();
  const { made, counts } = statement;
  const goods = rowsOf<GoodsLine>(made, 'substances');
  const papers = rowsOf<PaperLine>(made, 'permits');
  const inPeriod = rowsOf<FindingLine & { title_zh: string; opened: string; lo: Amount; hi: Amount }>(made, 'findings');
  // What was open before the period and still is belongs to the answer too.
  const standing = useRows('/v1/findings', { query: { party } as never });
  const before = standing.rows.filter((each) => each.state !== 'closed' && !inPeriod.some((one) => one.finding === each.id)).map((each) => ({ finding: each.id, state: each.state }));
  const judged = judge({ goods, papers, findings: [...inPeriod, ...before], counts }, today());
  const titles = new Map(standing.rows.map((each) => [each.id, titleOf(each)]));
  return (
    <Show of={standing}>
      {() => (
        <article className="certificate">
          <h2>{t(`certificate.${judged.standing}`)}</h2>
          <p>
            <bdi>{made.party_name}</bdi> · {made.uscc} · {daysOf(made).first} ~ {daysOf(made).last} · <span className="dim">{t('certificate.made', { time: printTime(made.known_time) })}</span>
          </p>
          <Says judged={judged} name={made.party_name} made={made} />
          <Table
            title={t('certificate.goods')}
            empty={t('reports.empty')}
            head={['field.substance', 'balance.opening', 'balance.in', 'balance.out', 'balance.closing', 'certificate.residual', 'balance.unaccounted', 'balance.missing_on_road'].map((each) => t(each))}
            rows={goods.map((each) => [<SubstanceName code={each.substance} />, ...[each.opening, each.in, each.out, each.closing, each.residual, each.unaccounted, each.missing].map(printAmount)])}
          />
          <Table
            title={t('certificate.papers')}
            empty={t('permit.none')}
            head={['permit.no', 'permit.kind', 'field.substance', 'draw.granted', 'draw.used', 'draw.left', 'certificate.writtenOff'].map((each) => t(each))}
            rows={papers.map((each) => [each.permit, <PermitKindName code={each.kind} />, <SubstanceName code={each.substance} />, ...[each.granted, each.used, each.left].map((amount) => (each.granted.amount > 0 ? printAmount(amount) : '–')), each.closed_index === null ? t('option.no') : `#${each.closed_index}`])}
          />
          <Table
            title={t('certificate.counts')}
            empty={t('certificate.noCounts')}
            head={['lot.day', 'field.lot', 'field.substance', 'reveal.difference'].map((each) => t(each))}
            rows={counts.map((each) => [each.date, each.lot, <SubstanceName code={each.substance} />, printAmount(each.difference)])}
          />
          <Table
            title={t('certificate.findings')}
            empty={t('finding.none')}
            head={['finding.no', 'lot.day', 'finding.what', 'state'].map((each) => t(each))}
            rows={inPeriod.map((each) => [each.finding, each.opened, titles.get(each.finding) ?? each.title_zh, <State of={each.state} />])}
          />
          <Proof statement={statement} />
        </article>
      )}
    </Show>
  );
}

/** A statement of a unit and a period for the hands of a stranger: it says what the log says, and how to check it. */
export default function Certificate() {
  const { t, i18n } = useTranslation();
  const session = useSignedIn();
  const [party, setParty] = useState(session.agency ? '' : session.party);
  const [period, setPeriod] = useState(today().slice(0, 4));
  const units = useAll('/v1/parties', { query: { status: 'verified' } as never, enabled: session.agency !== null });
  const query = { period, lang: i18n.language === 'en' ? 'en' : 'zh', ...(session.agency ? { party } : {}) };
  const statement = useQuery({ queryKey: ['statement', query], queryFn: ({ signal }) => makeStatement(query, signal), enabled: party !== '' });
  return (
    <Card
      title={t('certificate.title')}
      className="middling print-whole"
      extra={
        <Space wrap className="no-print">
          {session.agency && (
            <Select
              className="picker"
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('field.party')}
              aria-label={t('field.party')}
              value={party || undefined}
              options={(units.data ?? []).filter((each) => !each.agency_role).map((each) => ({ value: each.id, label: each.name }))}
              onChange={setParty}
            />
          )}
          <Select className="picker" aria-label={t('balance.period')} showSearch value={period} onChange={setPeriod} options={periods()} />
          <Button disabled={!statement.data} onClick={() => save(statement.data!.file, `statement-${party}-${period}.json`)}>
            {t('certificate.save')}
          </Button>
          <Button type="primary" disabled={!statement.data} onClick={() => print()}>
            {t('print')}
          </Button>
        </Space>
      }
    >
      {party === '' ? <Nothing text={t('certificate.choose')} /> : <Show of={statement}>{() => <Sheet statement={statement.data!} party={party} />}</Show>}
    </Card>
  );
}
