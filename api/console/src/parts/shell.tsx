import { Button, Layout } from 'antd';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { choose } from '../i18n';
import { Home } from '../pages/home';
import { Mark } from './mark';
import { Waiting } from './waiting';

const Verify = lazy(() => import('../pages/verify'));
const Health = lazy(() => import('../pages/health'));

function NavLink({ to, text }: { to: string; text: string }) {
  const [here] = useLocation();
  const current = to === '/' ? here === '/' : here.startsWith(to);
  return (
    <Link href={to} className="nav-link" aria-current={current ? 'page' : undefined}>
      {text}
    </Link>
  );
}

function Header() {
  const { t, i18n } = useTranslation();
  return (
    <Layout.Header className="top">
      <Link href="/" className="brand">
        <Mark />
        <span>{t('product')}</span>
      </Link>
      <nav className="nav" aria-label={t('nav.main')}>
        <NavLink to="/verify" text={t('nav.verify')} />
        <NavLink to="/health" text={t('nav.health')} />
        <a className="nav-link" href="/docs.html">
          {t('nav.api')}
        </a>
      </nav>
      <Button type="text" className="on-dark" onClick={() => choose(i18n.language === 'zh' ? 'en' : 'zh')}>
        {t('language')}
      </Button>
    </Layout.Header>
  );
}

export function Shell() {
  return (
    <Layout className="page">
      <Header />
      <Layout.Content className="content" role="main">
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/" component={Home} />
            <Route path="/verify" component={Verify} />
            <Route path="/health" component={Health} />
            <Route>
              <Redirect to="/" />
            </Route>
          </Switch>
        </Suspense>
      </Layout.Content>
    </Layout>
  );
}
