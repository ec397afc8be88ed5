import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useTranslation } from 'react-i18next';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { SessionProvider } from './api/session';
import { Shell } from './parts/shell';
import { theme } from './style/theme';

export function App() {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider theme={theme} locale={i18n.language === 'zh' ? zhCN : enUS}>
      <AntApp>
        <SessionProvider>
          <Router hook={useHashLocation}>
            <Shell />
          </Router>
        </SessionProvider>
      </AntApp>
    </ConfigProvider>
  );
}
