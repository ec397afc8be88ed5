import { Alert } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { headToFollow } from '../api/chain';
import { purposeHeader, whenPurposeChanges } from '../api/client';
import { newestCheckpoint } from '../api/log';
import { sendWaiting, whenOutboxMoves, type Hindrance, type News } from '../api/outbox';
import { waitingEntries, type Waiting } from '../api/outbox_store';
import { mustSayWhy } from '../api/purpose';
import { queries } from '../api/queries';
import type { Session } from '../api/session';

/** How often it is tried again while nothing says that the connection is back. */
const again = 10_000;

type Translate = ReturnType<typeof useTranslation>['t'];

function reasonOf(why: Hindrance, t: Translate): string {
  return why.why === 'busy' ? t('outbox.busy', { seconds: why.seconds }) : t(`outbox.${why.why}`);
}

/** Why what is signed is not sent yet, and what to do, if anything. */
export function Held({ why, count }: { why: Hindrance; count?: number }) {
  const { t } = useTranslation();
  return <Alert type="warning" showIcon className="gap-below" message={count ? t('outbox.waiting', { count }) : t('outbox.kept')} description={`${reasonOf(why, t)}${t('outbox.keptHint')}`} />;
}

/** What signing needs to know is read while there is a connection, to be there when there is none. */
function useReadyForOffline(session: Session | null): void {
  const why = useSyncExternalStore(whenPurposeChanges, () => 'Tallystick-Purpose' in purposeHeader());
  // Nothing is asked for people of an authority before they said why they look.
  const key = session && (why || !mustSayWhy(session)) ? session.key : null;
  useEffect(() => {
    if (key) void Promise.allSettled([headToFollow(key), newestCheckpoint()]);
  }, [key]);
}

/** What was signed and waits, counted anew whenever a page of this browser sends or keeps something. */
function useWaitingCount(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const look = () => void waitingEntries().then((rows) => setCount(rows.length), () => setCount(0));
    look();
    return whenOutboxMoves(look);
  }, []);
  return count;
}

/** Sends what waits: at once when somebody signs in or the network is back, and every little while; never before the server asked. */
function useSending(session: Session | null): Hindrance | null {
  const [hindrance, setHindrance] = useState<Hindrance | null>(null);
  const who = session?.key;
  useEffect(() => {
    let notBefore = 0;
    const note = ({ fate }: News) => {
      setHindrance('waiting' in fate ? fate.waiting : null);
      if ('waiting' in fate && fate.waiting.why === 'busy') notBefore = performance.now() + fate.waiting.seconds * 1_000;
      if ('receipt' in fate) void queries.invalidateQueries();
    };
    const send = () => {
      if (navigator.onLine && performance.now() >= notBefore) void sendWaiting().catch(() => null);
    };
    const stop = whenOutboxMoves(note);
    send();
    const timer = setInterval(send, again);
    addEventListener('online', send);
    return () => (stop(), clearInterval(timer), removeEventListener('online', send));
  }, [who]);
  return hindrance;
}

function wayBack({ typed, wish }: Waiting): string {
  return typed ? `/record/${wish.type.split('/')[0]}` : '/tray';
}

/** Entries that waited and were not stored: what was typed is where it was. */
function useHandedBack(): [News[], (news: News) => void] {
  const [rows, setRows] = useState<News[]>([]);
  useEffect(() => whenOutboxMoves((news) => news.late && !('receipt' in news.fate) && !('waiting' in news.fate) && setRows((before) => [...before, news])), []);
  return [rows, (gone) => setRows((before) => before.filter((each) => each !== gone))];
}

/** Entries that were signed and could not be sent, and those that came back. */
export function OutboxNotes({ session }: { session: Session | null }) {
  const { t } = useTranslation();
  const count = useWaitingCount();
  const hindrance = useSending(session);
  useReadyForOffline(session);
  const [back, forget] = useHandedBack();
  const reason = hindrance && reasonOf(hindrance, t);
  return (
    <div className="outbox no-print" role="status">
      {count > 0 && (
        <Alert
          banner
          type="warning"
          message={`${t('outbox.waiting', { count })}${reason ? `：${reason}` : ''}`}
          action={hindrance?.why === 'signed-out' && <Link href="/keys">{t('signIn')}</Link>}
        />
      )}
      {back.map((news) => (
        <Alert
          key={news.entry.id}
          banner
          closable
          type="error"
          onClose={() => forget(news)}
          message={`${t(`step.${news.entry.wish.type.split('/')[0]}`)}: ${'refused' in news.fate ? news.fate.refused.text('detail') : t('outbox.handedBack')}`}
          description={'refused' in news.fate && news.fate.refused.text('what_to_do')}
          action={<Link href={wayBack(news.entry)}>{t('outbox.back')}</Link>}
        />
      ))}
    </div>
  );
}
