import { Alert, Button, Layout } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { comeBackTo, useSession, type Session } from '../api/session';
import { choose } from '../i18n';
import { Home } from '../pages/home';
import { ClockNote } from './clock_note';
import { ForRole } from './elsewhere';
import { lazily } from './lazily';
import { Live, NewCount } from './live';
import { Mark } from './mark';
import { OutboxNotes } from './outbox';
import { ForPurpose } from './purpose';
import { useReachableTables } from './reachable';
import { Waiting } from './waiting';
import { firstWay, waysOf } from './ways';

const Verify = lazily(() => import('../pages/verify'));
const Health = lazily(() => import('../pages/health'));
const Keys = lazily(() => import('../pages/keys'));
const Register = lazily(() => import('../pages/register'));
const EntryPage = lazily(() => import('../pages/entry'));
const Record = lazily(() => import('../forms/record'));
const RecordMenu = lazily(() => import('../forms/record_menu'));
const Cosign = lazily(() => import('../forms/cosign'));
const Tray = lazily(() => import('../forms/tray_page'));
const PermitPage = lazily(() => import('../desks/permits'));
const Permits = lazily(() => import('../desks/permits').then((it) => ({ default: it.Permits })));
const LotPage = lazily(() => import('../desks/stock'));
const Stock = lazily(() => import('../desks/stock').then((it) => ({ default: it.Stock })));
const Labels = lazily(() => import('../desks/labels'));
const GoodsPage = lazily(() => import('../desks/goods'));
const Goods = lazily(() => import('../desks/goods').then((it) => ({ default: it.Goods })));
const Entries = lazily(() => import('../desks/entries').then((it) => ({ default: it.Entries })));
const FindingPage = lazily(() => import('../desks/agency/findings'));
const Findings = lazily(() => import('../desks/agency/findings').then((it) => ({ default: it.Findings })));
const Queue = lazily(() => import('../desks/agency/overview').then((it) => ({ default: it.Queue })));
const Applications = lazily(() => import('../desks/agency/overview').then((it) => ({ default: it.Applications })));
const Coverage = lazily(() => import('../desks/agency/overview').then((it) => ({ default: it.Coverage })));
const Balances = lazily(() => import('../desks/agency/balance').then((it) => ({ default: it.Balances })));
const Reports = lazily(() => import('../desks/reports'));
const Certificate = lazily(() => import('../desks/certificate'));
const Reads = lazily(() => import('../desks/reads'));
const Search = lazily(() => import('../desks/bureau/search'));

function NavLink({ to, name }: { to: string; name: string }) {
  const { t } = useTranslation();
  const [here] = useLocation();
  const current = to === '/' ? here === '/' : here.startsWith(to);
  return (
    <Link href={to} className="nav-link" aria-current={current ? 'page' : undefined}>
      {t(`nav.${name}`)}
      {name === 'findings' && <NewCount />}
    </Link>
  );
}

function Header() {
  const { t, i18n } = useTranslation();
  const { session, signOut } = useSession();
  const [here, go] = useLocation();
  const way = [...waysOf(session), ['/verify', 'verify']].find(([to]) => (to === '/' ? here === '/' : here.startsWith(to!)));
  const title = way ? `${t(`nav.${way[1]}`)} · ${t('product')}` : t('product');
  useEffect(() => void (document.title = title), [title]);
  return (
    <Layout.Header className="top">
      <Link href="/" className="brand">
        <Mark />
        <span>{t('product')}</span>
      </Link>
      <nav className="nav" aria-label={t('nav.main')}>
        {waysOf(session).map(([to, name]) => (
          <NavLink key={to} to={to} name={name} />
        ))}
        <NavLink to="/verify" name="verify" />
      </nav>
      {session && <span className="who">{session.party_name}</span>}
      {session ? (
        <Button type="text" className="on-dark" onClick={() => void signOut().then(() => go('/'))}>
          {t('signOut')}
        </Button>
      ) : (
        <Button type="text" className="on-dark" onClick={() => go('/keys')}>
          {t('signIn')}
        </Button>
      )}
      <Button type="text" className="on-dark" onClick={() => choose(i18n.language === 'zh' ? 'en' : 'zh')}>
        {t('language')}
      </Button>
    </Layout.Header>
  );
}

/** The first stop of the keyboard: past the ways, into the page. A link to a place would be a way of its own here. */
function SkipToContent() {
  const { t } = useTranslation();
  return (
    <button type="button" className="skip" onClick={() => document.querySelector<HTMLElement>('[role=main]')?.focus()}>
      {t('nav.skip')}
    </button>
  );
}

function Footer() {
  const { t } = useTranslation();
  return (
    <nav className="foot no-print" aria-label={t('nav.more')}>
      <Link href="/keys">{t('nav.keys')}</Link>
      <Link href="/health">{t('nav.health')}</Link>
      <a href="/docs">{t('nav.api')}</a>
      <a href="/verify-offline.html">{t('nav.offline')}</a>
    </nav>
  );
}

function ForSignedIn({ session, children }: { session: Session | null; children: ReactNode }) {
  const { t } = useTranslation();
  const [here, go] = useLocation();
  useEffect(() => {
    if (!session) comeBackTo(here);
  }, [session, here]);
  if (session) return <>{children}</>;
  return (
    <Alert
      className="narrow"
      type="info"
      showIcon
      message={t('session.needed')}
      action={
        <Button type="primary" onClick={() => go('/keys')}>
          {t('signIn')}
        </Button>
      }
    />
  );
}

function Desk({ session }: { session: Session | null }) {
  const [here] = useLocation();
  if (!session && here === '/') return <Home />;
  if (session && here === '/' && firstWay(session) !== '/' && firstWay(session) !== '/check') return <Redirect to={firstWay(session)} />;
  return (
    <ForSignedIn session={session}>
      <ForRole session={session}>
        <ForPurpose session={session}>
          <Switch>
            <Route path="/" component={Home} />
            <Route path="/record" component={RecordMenu} />
            <Route path="/record/:type">{({ type }) => <Record type={type} />}</Route>
            <Route path="/record/:type/:prefill">{({ type, prefill }) => <Record type={type} prefill={decodeURIComponent(prefill)} />}</Route>
            <Route path="/cosign" component={Cosign} />
            <Route path="/tray" component={Tray} />
            <Route path="/goods" component={Goods} />
            <Route path="/goods/:id">{({ id }) => <GoodsPage id={decodeURIComponent(id)} />}</Route>
            <Route path="/stock" component={Stock} />
            <Route path="/lot/:lot">{({ lot }) => <LotPage lot={decodeURIComponent(lot)} />}</Route>
            <Route path="/labels/:lot">{({ lot }) => <Labels lot={decodeURIComponent(lot)} />}</Route>
            <Route path="/permits" component={Permits} />
            <Route path="/permit/:no">{({ no }) => <PermitPage no={decodeURIComponent(no)} />}</Route>
            <Route path="/findings" component={Findings} />
            <Route path="/finding/:id">{({ id }) => <FindingPage id={decodeURIComponent(id)} />}</Route>
            <Route path="/entries" component={Entries} />
            <Route path="/entry/:index">{({ index }) => <EntryPage index={index} />}</Route>
            <Route path="/queue" component={Queue} />
            <Route path="/applications" component={Applications} />
            <Route path="/coverage" component={Coverage} />
            <Route path="/balance" component={Balances} />
            <Route path="/reports" component={Reports} />
            <Route path="/certificate" component={Certificate} />
            <Route path="/reads" component={Reads} />
            <Route path="/check" component={Search as never} />
            <Route path="/check/:text">{({ text }) => <Search key={text} text={decodeURIComponent(text)} />}</Route>
            <Route>
              <Redirect to="/" />
            </Route>
          </Switch>
        </ForPurpose>
      </ForRole>
    </ForSignedIn>
  );
}

export function Shell() {
  const { session, known } = useSession();
  useReachableTables();
  return (
    <Layout className="page">
      <SkipToContent />
      <Header />
      <OutboxNotes session={session} />
      <ClockNote banner />
      <Live session={session} />
      <Layout.Content className="content" role="main" tabIndex={-1}>
        <Switch>
          <Route path="/verify">{() => <Verify />}</Route>
          <Route path="/verify/:text">{({ text }) => <Verify key={text} text={decodeURIComponent(text)} />}</Route>
          <Route path="/health" component={Health} />
          <Route path="/keys" component={Keys} />
          <Route path="/register/:key">{({ key }) => <Register keyId={key} />}</Route>
          <Route>{known ? <Desk session={session} /> : <Waiting />}</Route>
        </Switch>
      </Layout.Content>
      <Footer />
    </Layout>
  );
}
