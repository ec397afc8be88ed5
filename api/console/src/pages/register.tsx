import { Alert, Button, Card, Checkbox, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signAndSend, whenOutboxMoves, type Fate, type Hindrance } from '../api/outbox';
import { Problem } from '../api/problem';
import type { Receipt } from '../api/submit';
import { base64 } from '../lib/bytes';
import type { Json } from '../lib/canonical';
import { storedKeys, type StoredKey } from '../lib/keystore';
import { kept, keptUnder } from '../forms/kept';
import { PlainWords } from '../forms/plain_words';
import { Held } from '../parts/outbox';
import { ReceiptCard } from '../parts/receipt';
import { Nothing, Refusal, Trouble } from '../parts/states';

const kinds = ['producer', 'trader', 'user', 'hospital', 'carrier', 'importer', 'exporter', 'wholesaler', 'drug-maker', 'retail-chain', 'foreign-trade', 'research'];

interface Fields {
  party: string;
  name: string;
  uscc: string;
  region: string;
  address: string;
  kinds: string[];
}

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100 check character. One really issued code fails it: a warning, never a refusal. */
export function isCodeLikely(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  const sum = weights.reduce((all, weight, n) => all + weight * alphabet.indexOf(code[n]!), 0);
  return alphabet[(31 - (sum % 31)) % 31] === code[17];
}

function payloadOf(fields: Fields, key: StoredKey): { [key: string]: Json } {
  const { party: _, ...rest } = fields;
  return { ...rest, kinds: fields.kinds, key: { spki: base64(key.spki), suite: key.suite } };
}

/** A unit registers itself: the first entry of its own key. */
export default function Register({ keyId }: { keyId: string }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [key, setKey] = useState<StoredKey | null | undefined>();
  const [signing, setSigning] = useState<Fields | null>(null);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [waiting, setWaiting] = useState<{ id: string; why: Hindrance } | null>(null);
  const draft = keptUnder(keyId, 'party.register');
  const code = Form.useWatch('uscc', form) ?? '';

  useEffect(() => {
    void storedKeys().then((all) => setKey(all.find((each) => each.id === keyId) ?? null));
  }, [keyId]);

  useEffect(() => {
    if (!waiting) return undefined;
    return whenOutboxMoves(({ entry, fate }) => entry.id === waiting.id && take(entry.id, fate));
  }, [waiting?.id]);

  function refuse(problem: unknown) {
    setSigning(null);
    setError(problem);
    if (problem instanceof Problem)
      form.setFields(problem.errors.map((each) => ({ name: each.pointer.replace(/^\//, '') as keyof Fields, errors: [problem.errorText(each)] })));
  }

  function take(id: string, fate: Fate) {
    setWaiting('waiting' in fate ? { id, why: fate.waiting } : null);
    if ('receipt' in fate) setReceipt(fate.receipt);
    if ('receipt' in fate || 'waiting' in fate) localStorage.removeItem(draft);
    if ('refused' in fate) refuse(fate.refused);
    if ('handedBack' in fate) setSigning(null);
  }

  async function sign(fields: Fields) {
    setBusy(true);
    setError(null);
    try {
      const wish = { party: fields.party, type: 'party.register/v1', payload: payloadOf(fields, key!) };
      const [sent] = await signAndSend({ wishes: [wish], author: key!, first: true, typed: { name: draft, values: fields } });
      take(sent!.id, sent!.fate);
    } catch (problem) {
      refuse(problem);
    } finally {
      setBusy(false);
    }
  }

  if (key === null) return <Nothing text={t('register.noKey')} />;
  if (receipt)
    return (
      <div className="stack narrow">
        <Alert type="success" showIcon message={t('register.done')} description={t('register.doneHint')} />
        <ReceiptCard receipt={receipt} type="party.register" />
      </div>
    );
  if (waiting) return <Held why={waiting.why} />;
  const needed = [{ required: true, message: t('fault.required') }];
  return (
    <Card className="narrow" title={t('register.title')}>
      <p className="dim">{t('register.intro')}</p>
      {error instanceof Problem ? <Refusal problem={error} /> : error !== null && <Trouble error={error} />}
      {signing ? (
        <>
          <PlainWords type="party.register" payload={{ party: signing.party, ...payloadOf(signing, key!) }} />
          <p className="gap-above">
            <Button type="primary" loading={busy} onClick={() => sign(signing)}>
              {t('sign.ok')}
            </Button>{' '}
            <Button onClick={() => setSigning(null)}>{t('cancel')}</Button>
          </p>
        </>
      ) : (
        <Form form={form} layout="vertical" onFinish={setSigning} onValuesChange={(_, all) => localStorage.setItem(draft, JSON.stringify(all))} initialValues={kept(draft) ?? { kinds: ['user'] }}>
          <Form.Item name="party" label={t('register.id')} rules={[...needed, { pattern: /^[A-Za-z0-9._-]{1,32}$/, message: t('fault.bad-id') }]} extra={t('register.idHint')}>
            <Input />
          </Form.Item>
          <Form.Item name="name" label={t('field.name')} rules={needed}>
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item
            name="uscc"
            label={t('field.uscc')}
            normalize={(value: string) => value.normalize('NFKC').toUpperCase().trim()}
            rules={[...needed, { pattern: /^[0-9A-HJ-NPQRTUWXY]{18}$/, message: t('register.badCode') }]}
            extra={code.length === 18 && !isCodeLikely(code) ? <span className="soon">{t('register.doubtfulCode')}</span> : undefined}
          >
            <Input maxLength={18} />
          </Form.Item>
          <Form.Item name="kinds" label={t('field.kinds')} rules={needed}>
            <Checkbox.Group options={kinds.map((each) => ({ value: each, label: t(`kind.${each}`, each) }))} />
          </Form.Item>
          <Form.Item name="region" label={t('field.region')} rules={[...needed, { pattern: /^\d{6}$/, message: t('fault.bad-region') }]}>
            <Input maxLength={6} inputMode="numeric" />
          </Form.Item>
          <Form.Item name="address" label={t('field.address')} rules={needed}>
            <Input maxLength={200} />
          </Form.Item>
          <Button type="primary" htmlType="submit" disabled={!key}>
            {t('form.toSign')}
          </Button>
        </Form>
      )}
    </Card>
  );
}
