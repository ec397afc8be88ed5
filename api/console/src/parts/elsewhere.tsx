import { Card } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { mayOpen, pageAt } from '../api/rights';
import { useSession, type Session } from '../api/session';
import { waysOf } from './ways';

/** The heading that the keyboard and a screen reader stand at; who is typing something is left alone. */
function Heading({ children }: { children: ReactNode }) {
  const here = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!document.querySelector('.content input:focus, .content textarea:focus')) here.current?.focus();
  }, []);
  return (
    <h2 tabIndex={-1} ref={here} className="elsewhere-head">
      {children}
    </h2>
  );
}

interface Props {
  title: string;
  /** More about why. */
  why?: ReactNode;
}

/** Not here: what the page is for, at which desk this person sits, and where to go instead. */
export function Elsewhere({ title, why }: Props) {
  const { t } = useTranslation();
  const { session } = useSession();
  const [here] = useLocation();
  const page = pageAt(here);
  return (
    <Card className="narrow elsewhere">
      <Heading>{title}</Heading>
      {why && <p>{why}</p>}
      <p>
        <b>{t('elsewhere.for')}</b> {t(`page.${page}`, t(`nav.${page}`, page))}
      </p>
      {session && (
        <>
          <p>
            <b>{t('elsewhere.you')}</b> <bdi>{session.party_name}</bdi> · {session.roles.map((role) => t(`duty.${role}`, role)).join('、') || t('duty.none')}
          </p>
          <p>
            <b>{t('elsewhere.go')}</b>
          </p>
          <ul className="ways">
            {waysOf(session).map(([to, name]) => (
              <li key={to}>
                <Link href={to}>{t(`nav.${name}`)}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

/** Opens a page to whom the table of rights gives it; to others it says where they are. */
export function ForRole({ session, children }: { session: Session | null; children: ReactNode }) {
  const { t } = useTranslation();
  const [here] = useLocation();
  if (!session || mayOpen(session, pageAt(here))) return <>{children}</>;
  return <Elsewhere key={here} title={t('elsewhere.title')} />;
}
