import { StarFilled, StarOutlined } from '@ant-design/icons';
import { Button, Card, Empty, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { usePermitKinds } from '../../api/hooks';
import type { Permit } from '../../api/rows';
import { useSignedIn } from '../../api/session';
import { nameOf, printAmount } from '../../lib/print';
import { DrawBar, isMeasured } from '../../parts/draw_bar';
import { lazily } from '../../parts/lazily';
import type { Advance } from '../../parts/long_work';
import { PartyName, PermitKindName, SubstanceName } from '../../parts/names';
import { SaveTable } from '../../parts/save_table';
import { Trouble } from '../../parts/states';
import { Waiting } from '../../parts/waiting';
import { fault } from './fault';
import { everyFound, useFound, type Found, type Question } from './found';
import { useSavedQueries } from './saved';

const closely = 3;

/** Tables come with the first answer that needs one. */
const Many = lazily(() => import('./many'));
const Statement = lazily(() => import('../permits').then((it) => ({ default: it.Statement })));

/** One look at the roadside: green or red, and why. */
function Verdict({ permit, by }: Found) {
  const { t } = useTranslation();
  const why = fault(permit);
  return (
    <article className={why ? 'verdict bad' : 'verdict good'}>
      <h2>{t(why ? 'check.bad' : 'check.good')}</h2>
      <p>
        <Link href={`/permit/${permit.no}`}>{permit.no}</Link> · <PermitKindName code={permit.kind} /> {by !== 'number' && <Tag>{t(`check.by.${by}`)}</Tag>}
      </p>
      {why && <p>{t('check.because', { why: t(`state.${why}`, why) })}</p>}
      <p>
        <PartyName id={permit.holder} /> · {permit.valid_from} ~ {permit.valid_to}
      </p>
      <div className="verdict-amounts">
        {permit.amounts.map((each) => (
          <div key={each.substance}>
            <SubstanceName code={each.substance} /> {isMeasured(each) && <>{t('draw.left')} <b>{printAmount(each.left)}</b></>}
            <DrawBar amount={each} />
          </div>
        ))}
      </div>
    </article>
  );
}

function useTable(questions: Question[]) {
  const { t } = useTranslation();
  const kinds = usePermitKinds();
  const head = ['permit.no', 'permit.kind', 'permit.holder', 'check.from', 'check.to', 'state', 'field.substance', 'draw.granted', 'draw.used', 'draw.held', 'draw.left'];
  const lines = (permit: Permit) =>
    permit.amounts.map((each) => [
      permit.no, nameOf(kinds.get(permit.kind), permit.kind), permit.holder, permit.valid_from, permit.valid_to, t(`state.${fault(permit) ?? permit.state}`), each.substance,
      ...[each.granted, each.used, each.held, each.left].map((amount) => (isMeasured(each) ? printAmount(amount) : '')),
    ]);
  return async (signal: AbortSignal, tell: (advance: Advance) => void) => {
    const permits = await everyFound(questions, signal, (done) => tell({ done, all: null }));
    return [head.map((each) => t(each)), ...permits.flatMap(lines)];
  };
}

function Results({ text }: { text: string }) {
  const { t } = useTranslation();
  const { found, questions, isPending, error } = useFound(text);
  const table = useTable(questions);
  if (found.length === 0 && isPending) return <Waiting />;
  if (found.length === 0 && error) return <Trouble error={error} />;
  if (found.length === 0)
    return (
      <Card className="verdict-none">
        <Empty description={t('check.none', { text })} />
      </Card>
    );
  return (
    <>
      <div className="found-head no-print">
        <span className="dim">{t('check.count', { count: found.length })}</span>
        <SaveTable rows={table} name="permits" />
      </div>
      {found.length > closely ? <Many found={found} /> : found.map((each) => <Verdict key={each.permit.no} {...each} />)}
      {found.length === 1 && found[0]!.permit.amounts.some(isMeasured) && (
        <Card title={t('permit.statement')} size="small">
          <Statement permit={found[0]!.permit.no} />
        </Card>
      )}
    </>
  );
}

function Queries({ kept, onAsk }: { kept: ReturnType<typeof useSavedQueries>; onAsk: (text: string) => void }) {
  const { t } = useTranslation();
  const rest = kept.recent.filter((each) => !kept.saved.includes(each));
  const row = (label: string, texts: string[]) =>
    texts.length > 0 && (
      <p className="queries">
        <span className="dim">{label}</span>
        {texts.map((each) => (
          <Button key={each} size="small" onClick={() => onAsk(each)}>
            <bdi>{each}</bdi>
          </Button>
        ))}
      </p>
    );
  return (
    <nav aria-label={t('check.queries')} className="no-print">
      {row(t('check.saved'), kept.saved)}
      {row(t('check.recent'), rest)}
    </nav>
  );
}

/** One box for permit number, unit, substance, plate or lot; a code on paper leads here in one scan. */
export default function Search({ text = '' }: { text?: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const kept = useSavedQueries(useSignedIn().party);
  const [typed, setTyped] = useState(text);
  const ask = (given: string) => {
    const clean = given.trim().normalize('NFKC');
    if (!clean) return;
    kept.asked(clean);
    setTyped(clean);
    go(`/check/${encodeURIComponent(clean)}`);
  };
  const wide = text ? 'middling stack' : 'narrow stack';
  return (
    <div className={wide}>
      <div className="ask">
        <Input.Search size="large" autoFocus aria-label={t('check.box')} placeholder={t('check.box')} enterButton={t('check.find')} value={typed} onChange={(event) => setTyped(event.target.value)} onSearch={ask} />
        {text && (
          <Button
            size="large"
            aria-pressed={kept.isSaved(text)}
            aria-label={t(kept.isSaved(text) ? 'check.unsave' : 'check.save')}
            icon={kept.isSaved(text) ? <StarFilled /> : <StarOutlined />}
            onClick={() => kept.toggle(text)}
          />
        )}
      </div>
      {!text && <p className="dim">{t('page.check')}</p>}
      <Queries kept={kept} onAsk={ask} />
      {text && <Results key={text} text={text} />}
    </div>
  );
}
