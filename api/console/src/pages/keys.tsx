import { KeyOutlined, UploadOutlined } from '@ant-design/icons';
import { Alert, App as AntApp, Button, Card, Input, Popconfirm, Select, Space, Typography, Upload } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Problem } from '../api/problem';
import { useSession, wayBack } from '../api/session';
import { base64 } from '../lib/bytes';
import { forgetKey, importKey, makeKey, storedKeys, type StoredKey } from '../lib/keystore';
import { suites, type Suite } from '../lib/suite';
import { printTime } from '../lib/print';
import { Qr } from '../parts/receipt';
import { Nothing, Refusal, Trouble } from '../parts/states';

/** What the one who enrols the key needs: the member "key" of key.enrol, party.register or agency.enrol. */
function enrolment(key: StoredKey): string {
  return JSON.stringify({ spki: base64(key.spki), suite: key.suite });
}

function NewKey({ onMade }: { onMade: () => void }) {
  const { t } = useTranslation();
  const [suite, setSuite] = useState<Suite>('p256-sha256');
  const [label, setLabel] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function run(work: () => Promise<unknown>) {
    setBusy(true);
    setError(null);
    try {
      await work();
      setLabel('');
      onMade();
    } catch {
      setError(t('keys.failed'));
    } finally {
      setBusy(false);
    }
  }

  const name = label.trim() || t('keys.thisDevice');
  return (
    <Card title={t('keys.new')} size="small">
      <p className="dim">{t('keys.newHint')}</p>
      <Space wrap>
        <label className="stacked">
          {t('keys.label')}
          <Input value={label} maxLength={40} placeholder={t('keys.thisDevice')} onChange={(event) => setLabel(event.target.value)} />
        </label>
        <label className="stacked" htmlFor="suite">
          {t('keys.suite')}
          <Select id="suite" className="picker" value={suite} onChange={setSuite} options={suites.map((each) => ({ value: each, label: t(`suite.${each}`) }))} />
        </label>
        <Button type="primary" icon={<KeyOutlined />} loading={busy} onClick={() => run(() => makeKey(suite, name))}>
          {t('keys.make')}
        </Button>
        <Upload accept=".pem" showUploadList={false} beforeUpload={(file) => (void run(async () => importKey(await file.text(), label.trim() || file.name)), false)}>
          <Button icon={<UploadOutlined />}>{t('keys.import')}</Button>
        </Upload>
      </Space>
      {error && <Alert className="gap-above" type="error" showIcon message={error} />}
    </Card>
  );
}

function OneKey({ stored, onChange }: { stored: StoredKey; onChange: () => void }) {
  const { t } = useTranslation();
  const { session, signIn } = useSession();
  const [, go] = useLocation();
  const { message } = AntApp.useApp();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(false);
  const mine = session?.key === stored.id;

  async function enter() {
    setBusy(true);
    setError(null);
    try {
      await signIn(stored);
      go(wayBack());
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }

  const copy = async () => {
    await navigator.clipboard.writeText(enrolment(stored)).catch(() => null);
    void message.success(t('copied'));
  };
  return (
    <Card size="small" className={mine ? 'key mine' : 'key'}>
      <div className="key-head">
        <div>
          <b>
            <bdi>{stored.label}</bdi>
          </b>{' '}
          <span className="dim">
            {t(`suite.${stored.suite}`)} · {printTime(stored.made)}
          </span>
          <p className="hash">{stored.id}</p>
        </div>
        <Space wrap>
          {!session && (
            <Button type="primary" loading={busy} onClick={enter}>
              {t('signIn')}
            </Button>
          )}
          <Button onClick={() => setOpen(!open)}>{t('keys.enrolment')}</Button>
          <Popconfirm title={t('keys.forgetSure')} okText={t('keys.forget')} cancelText={t('cancel')} onConfirm={() => forgetKey(stored.id).then(onChange)}>
            <Button danger disabled={mine}>
              {t('keys.forget')}
            </Button>
          </Popconfirm>
        </Space>
      </div>
      {open && (
        <div className="receipt-head">
          <div className="wide">
            <p>{t('keys.enrolmentHint')}</p>
            <Typography.Paragraph code className="hash">
              {enrolment(stored)}
            </Typography.Paragraph>
            <Space>
              <Button onClick={copy}>{t('copy')}</Button>
              <Button type="primary" ghost onClick={() => go(`/register/${stored.id}`)}>
                {t('register.title')}
              </Button>
            </Space>
          </div>
          <Qr text={enrolment(stored)} label={t('keys.enrolment')} />
        </div>
      )}
      {error instanceof Problem ? <Refusal problem={error} /> : error !== null && <Trouble error={error} />}
    </Card>
  );
}

/** Keys of this browser: make one, have it enrolled, sign in with it. */
export default function Keys() {
  const { t } = useTranslation();
  const [keys, setKeys] = useState<StoredKey[] | null>(null);
  const refresh = () => void storedKeys().then(setKeys, () => setKeys([]));
  useEffect(refresh, []);
  return (
    <div className="stack narrow">
      <section className="intro">
        <h1>{t('keys.title')}</h1>
        <p>{t('keys.intro')}</p>
      </section>
      {keys?.map((each) => <OneKey key={each.id} stored={each} onChange={refresh} />)}
      {keys?.length === 0 && <Nothing text={t('keys.none')} />}
      <NewKey onMade={refresh} />
    </div>
  );
}
