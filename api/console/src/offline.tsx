import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import { choose, startI18n } from './i18n';
import { Verify } from './pages/verify/verify';

function Page() {
  const { t, i18n } = useTranslation();
  return (
    <>
      <header className="v-top">
        <span>
          {t('product')} · {t('verify.offline')}
        </span>
        <button type="button" onClick={() => choose(i18n.language === 'zh' ? 'en' : 'zh')}>
          {t('language')}
        </button>
      </header>
      <main className="v-main">
        <Verify />
      </main>
    </>
  );
}

await startI18n();
createRoot(document.getElementById('app')!).render(<Page />);
