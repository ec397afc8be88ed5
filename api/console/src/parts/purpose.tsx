import { Button, Card, Form, Input, Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fits, keptPurpose, mustSayWhy, purposes, sayPurpose, type Purpose } from '../api/purpose';
import { queries } from '../api/queries';
import type { Session } from '../api/session';

function Chooser({ onChosen }: { onChosen: (purpose: Purpose) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Purpose>();
  const why = Form.useWatch('why', form);
  const short = (_: unknown, value?: string) => (fits(value ?? '') ? Promise.resolve() : Promise.reject(new Error(t('purpose.tooLong'))));
  return (
    <Card className="narrow" title={t('purpose.title')}>
      <p>{t('purpose.hint')}</p>
      <Form form={form} layout="vertical" initialValues={{ why: 'routine', reference: '' }} onFinish={(chosen) => onChosen({ ...chosen, reference: chosen.reference.trim() })}>
        <Form.Item name="why" label={t('purpose.why')}>
          <Radio.Group options={purposes.map((each) => ({ value: each, label: t(`purpose.${each}`) }))} />
        </Form.Item>
        <Form.Item name="reference" label={t('purpose.reference')} dependencies={['why']} rules={[{ required: why === 'case', whitespace: true, message: t('purpose.caseNumber') }, { validator: short }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t('purpose.go')}
        </Button>
      </Form>
    </Card>
  );
}

function Said({ purpose, onChange }: { purpose: Purpose; onChange: () => void }) {
  const { t } = useTranslation();
  return (
    <p className="purpose">
      {t('purpose.said')} <b>{t(`purpose.${purpose.why}`)}</b> <bdi>{purpose.reference}</bdi>{' '}
      <Button size="small" onClick={onChange}>
        {t('purpose.change')}
      </Button>
    </p>
  );
}

function Asked({ session, children }: { session: Session; children: ReactNode }) {
  const [purpose, setPurpose] = useState(() => {
    const kept = keptPurpose(session);
    sayPurpose(session, kept);
    return kept;
  });
  // What is on the screen was read for the purpose that stands above it.
  const choose = (chosen: Purpose | null) => {
    sayPurpose(session, chosen);
    queries.clear();
    setPurpose(chosen);
  };
  if (!purpose) return <Chooser onChosen={choose} />;
  return (
    <>
      <Said purpose={purpose} onChange={() => choose(null)} />
      {children}
    </>
  );
}

/** Asks people of an authority why they look before anything of others is read; units are not asked. */
export function ForPurpose({ session, children }: { session: Session | null; children: ReactNode }) {
  if (!session || !mustSayWhy(session)) return <>{children}</>;
  return (
    <Asked key={session.key} session={session}>
      {children}
    </Asked>
  );
}
