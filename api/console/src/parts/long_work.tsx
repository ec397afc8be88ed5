import { App as AntApp, Button, Progress } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';
import { Refusal, Trouble } from './states';

/** How far a work has come: of what is known to be whole, or counted only. */
export interface Advance {
  done: number;
  all: number | null;
}

/** A work that can be stopped: it watches the signal, and says how far it has come. */
export type LongWork = (signal: AbortSignal, tell: (advance: Advance) => void) => Promise<void>;

/** Runs one long work at a time beside the page, with its progress and a way to stop it. It ends with the page. */
export function useLongWork(): { run: (work: LongWork) => void; busy: boolean; view: ReactNode } {
  const { t } = useTranslation();
  const { message } = AntApp.useApp();
  const [advance, setAdvance] = useState<Advance | null>(null);
  const [error, setError] = useState<unknown>(null);
  const control = useRef<AbortController | null>(null);
  useEffect(() => () => control.current?.abort(), []);

  async function start(work: LongWork) {
    const mine = new AbortController();
    control.current = mine;
    setError(null);
    setAdvance({ done: 0, all: null });
    try {
      await work(mine.signal, setAdvance);
    } catch (problem) {
      if (mine.signal.aborted) void message.info(t('work.stopped'));
      else setError(problem);
    } finally {
      setAdvance(null);
    }
  }

  const percent = advance?.all ? Math.floor((advance.done * 100) / advance.all) : 0;
  const view = (
    <>
      {advance && (
        <div className="long-work no-print" role="status">
          {advance.all ? <Progress percent={percent} size="small" aria-label={t('work.running')} /> : <span>{t('work.counted', { done: advance.done.toLocaleString('en') })}</span>}
          <Button size="small" onClick={() => control.current?.abort()}>
            {t('cancel')}
          </Button>
        </div>
      )}
      {error !== null && (error instanceof Problem ? <Refusal problem={error} /> : <Trouble error={error} />)}
    </>
  );
  return { run: (work) => void start(work), busy: advance !== null, view };
}
