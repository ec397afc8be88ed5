import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { startI18n } from './i18n';
import { queries } from './api/queries';
import './style/app.css';

await startI18n();
createRoot(document.getElementById('app')!).render(
  <QueryClientProvider client={queries}>
    <App />
  </QueryClientProvider>,
);
