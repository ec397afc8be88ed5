import { Alert, Button, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sealCode, type SealedCode } from '../lib/letter_code';
import type { Values } from './payload';
import type { StepForm } from './steps';

/** The code of a letter: drawn here, shown here, and kept nowhere. Only what seals it goes into the entry. */
export function useLetterCode(form: StepForm, values: Values, change: (values: Values) => void) {
  const [sealed, setSealed] = useState<SealedCode | null>(null);
  const isLetter = form.type === 'party.challenge';
  const fits = sealed !== null && sealed.letter === values.letter && sealed.party === values.party;
  async function draw() {
    const drawn = await sealCode(String(values.letter ?? ''), String(values.party ?? ''));
    setSealed(drawn);
    change({ ...values, commitment: drawn.commitment, salt: drawn.salt });
  }
  return { isLetter, sealed: fits ? sealed : null, ready: !!values.letter && !!values.party, draw, lacks: isLetter && !fits };
}

export function LetterCode({ of }: { of: ReturnType<typeof useLetterCode> }) {
  const { t } = useTranslation();
  if (!of.isLetter) return null;
  if (!of.sealed)
    return (
      <p>
        <Button disabled={!of.ready} onClick={() => void of.draw()}>
          {t('letter.draw')}
        </Button>
      </p>
    );
  return (
    <Alert
      className="gap-below"
      type="warning"
      showIcon
      message={t('letter.shown', { letter: of.sealed.letter, party: of.sealed.party })}
      description={
        <>
          <Typography.Title level={3} className="hash" copyable>
            {of.sealed.code}
          </Typography.Title>
          {t('letter.once')}
        </>
      }
    />
  );
}
