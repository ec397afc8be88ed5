import { Alert, Badge, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRead } from '../api/hooks';
import { fallback, patience, seen, useKeepingUp, useLive } from '../api/live';
import type { Session } from '../api/session';
import { printAmount, titleOf } from '../lib/print';
import { Subject } from './subject';

/** How many of the newest findings are told one by one. */
const toldMax = 3;

/** Says, when it lasts, that the page does not hear of changes any more, and what it does instead. */
function CutOff() {
  const { t } = useTranslation();
  const { state } = useLive();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (state !== 'cut') return setLate(false);
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, [state]);
  return <div role="status">{late && <Alert banner type="warning" message={t('live.cut', { seconds: fallback / 1000 })} />}</div>;
}

/** The name of a finding is told at once; what it is about follows when it is read. */
function Told({ id }: { id: string }) {
  const { t } = useTranslation();
  const finding = useRead('/v1/findings/{finding}', { path: { finding: id } });
  const known = finding.data;
  return (
    <li className="news">
      <p>
        <b>{t('live.finding')}</b> {known ? titleOf(known, known.kind) : id}
        {known && (
          <>
            {' '}
            · <Subject of={known.subject} />
          </>
        )}
      </p>
      {known?.missing && known.missing.amount !== 0 && <p className="dim">{printAmount(known.missing)}</p>}
      <p>
        <Link href={`/finding/${encodeURIComponent(id)}`} onClick={() => seen(id)}>
          {t('live.look')}
        </Link>{' '}
        <Button size="small" type="text" onClick={() => seen(id)}>
          {t('live.later')}
        </Button>
      </p>
    </li>
  );
}

function NewFindings() {
  const { t } = useTranslation();
  const { findings } = useLive();
  return (
    <div className="newsstand" aria-live="polite" aria-label={t('live.news')} role="region">
      {findings.length > 0 && (
        <ul>
          {findings.slice(0, toldMax).map(({ id }) => (
            <Told key={id} id={id} />
          ))}
          {findings.length > toldMax && <li className="news">{t('live.more', { count: findings.length - toldMax })}</li>}
        </ul>
      )}
    </div>
  );
}

/** How many findings are new, beside the way to them. */
export function NewCount() {
  const { findings } = useLive();
  return findings.length > 0 ? <Badge className="nav-count" count={findings.length} size="small" aria-hidden /> : null;
}

export function Live({ session }: { session: Session | null }) {
  useKeepingUp(session);
  if (!session) return null;
  return (
    <>
      <CutOff />
      <NewFindings />
    </>
  );
}
