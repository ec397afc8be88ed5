import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSignedIn } from '../api/session';
import { kept, keptUnder } from './kept';
import { useTray } from './tray_page';
import { stepForms, type Family } from './steps';

const families: Family[] = ['movement', 'trade', 'stock', 'permits', 'losing', 'who', 'oversight'];

/** Every step that this person's party may take, by what it is about. */
export default function RecordMenu() {
  const { t } = useTranslation();
  const session = useSignedIn();
  const by = session.agency ? 'agency' : 'unit';
  const tray = useTray(session.party);
  return (
    <div className="families">
      <Card title={t('family.signing')} size="small">
        <ul className="steps">
          <li>
            <Link href="/tray">{t('tray.title')}</Link> {tray.length > 0 && <Tag>{tray.length}</Tag>}
          </li>
          <li>
            <Link href="/cosign">{t('cosign.title')}</Link>
          </li>
        </ul>
      </Card>
      {families.map((family) => {
        const steps = stepForms.filter((each) => each.family === family && each.by.includes(by));
        if (!steps.length) return null;
        return (
          <Card key={family} title={t(`family.${family}`)} size="small">
            <ul className="steps">
              {steps.map((each) => (
                <li key={each.type}>
                  <Link href={`/record/${each.type}`}>{t(`step.${each.type}`)}</Link> {kept(keptUnder(session.party, each.type)) && <Tag color="gold">{t('form.draft')}</Tag>}
                </li>
              ))}
            </ul>
          </Card>
        );
      })}
    </div>
  );
}
