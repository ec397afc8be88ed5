import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { NotABundle, type Verdict } from '../../lib/bundle';
import { verifyEvidence } from '../../lib/evidence';
import { VerdictView } from './verdict_view';
import './verify.css';

type State =
  | { step: 'empty' }
  | { step: 'running'; done: number; all: number }
  | { step: 'unreadable'; reason: string }
  | { step: 'done'; verdict: Verdict; name: string };

class Cancelled extends Error {}

/** Lets the page paint between entries. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

function useVerification(pinned: string) {
  const [state, setState] = useState<State>({ step: 'empty' });
  const run = useRef(0);

  async function start(text: string, name: string) {
    const mine = ++run.current;
    setState({ step: 'running', done: 0, all: 1 });
    const progress = async (done: number, all: number) => {
      if (mine !== run.current) throw new Cancelled();
      setState({ step: 'running', done, all });
      await breathe();
    };
    try {
      const verdict = await verifyEvidence(text, pinned.trim() || null, progress);
      if (mine === run.current) setState({ step: 'done', verdict, name });
    } catch (error) {
      if (error instanceof Cancelled || mine !== run.current) return;
      setState({ step: 'unreadable', reason: error instanceof NotABundle ? error.message : 'json' });
    }
  }

  function clear() {
    run.current += 1;
    setState({ step: 'empty' });
  }
  return { state, start, clear };
}

function Input({ onText }: { onText: (text: string, name: string) => void }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const [pasted, setPasted] = useState('');
  const takeFile = async (file?: File | null) => file && onText(await file.text(), file.name);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void takeFile(event.dataTransfer.files[0]);
  };
  return (
    <div className="v-input">
      <label
        className={over ? 'v-drop over' : 'v-drop'}
        onDragOver={(event) => (event.preventDefault(), setOver(true))}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <strong>{t('verify.drop')}</strong>
        <span>{t('verify.dropHint')}</span>
        <input type="file" accept=".json,application/json" aria-label={t('verify.choose')} onChange={(event) => takeFile(event.target.files?.[0])} />
      </label>
      <div className="v-paste">
        <label htmlFor="v-text">{t('verify.paste')}</label>
        <textarea id="v-text" rows={5} spellCheck={false} value={pasted} onChange={(event) => setPasted(event.target.value)} />
        <button type="button" disabled={!pasted.trim()} onClick={() => onText(pasted, t('verify.pasted'))}>
          {t('verify.check')}
        </button>
      </div>
    </div>
  );
}

/** Checks evidence in the page itself: nothing leaves it. `given`: what a scanned code holds, checked at once. */
export function Verify({ knownKey = '', given }: { knownKey?: string; given?: string }) {
  const { t } = useTranslation();
  const [pinned, setPinned] = useState(knownKey);
  const { state, start, clear } = useVerification(pinned);
  useEffect(() => {
    if (given) void start(given, t('verify.scanned'));
  }, [given]);
  return (
    <div className="v-page">
      <h1>{t('verify.title')}</h1>
      <p className="v-intro">{t('verify.intro')}</p>
      <div className="v-key">
        <label htmlFor="v-key">{t('verify.key')}</label>
        <input id="v-key" spellCheck={false} value={pinned} placeholder={t('verify.keyHint')} onChange={(event) => setPinned(event.target.value)} />
      </div>
      {state.step === 'empty' && <Input onText={start} />}
      {state.step === 'running' && (
        <div className="v-running" role="status">
          <progress value={state.done} max={state.all} aria-label={t('verify.running')} />
          <span>{t('verify.progress', { done: state.done, all: state.all })}</span>
          <button type="button" onClick={clear}>
            {t('cancel')}
          </button>
        </div>
      )}
      {state.step === 'unreadable' && (
        <div className="v-banner bad" role="alert">
          <strong>{t('verify.unreadable')}</strong>
          <span>{t(`verify.unreadable.${state.reason}`)}</span>
        </div>
      )}
      {state.step === 'done' && <VerdictView verdict={state.verdict} name={state.name} />}
      {state.step !== 'empty' && state.step !== 'running' && (
        <button type="button" className="v-again" onClick={clear}>
          {t('verify.again')}
        </button>
      )}
    </div>
  );
}
