import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSignedIn } from '../api/session';
import { stepForms, type Family } from './steps';

const families: Family[] = ['movement', 'trade', 'stock', 'permits', 'losing', 'who', 'oversight'];

/** Every step that this person's party may take, by what it is about. */
export default function RecordMenu() {
  const { t } = useTranslation();
  const by = useSignedIn().agency ? 'agency' : 'unit';
  return (
    <div className="families">
      {families.map((family) => {
        const steps = stepForms.filter((each) => each.family === family && each.by.includes(by));
        if (!steps.length) return null;
        return (
          <Card key={family} title={t(`family.${family}`)} size="small">
            <ul className="steps">
              {steps.map((each) => (
                <li key={each.type}>
                  <Link href={`/record/${each.type}`}>{t(`step.${each.type}`)}</Link>
                </li>
              ))}
            </ul>
          </Card>
        );
      })}
    </div>
  );
}
