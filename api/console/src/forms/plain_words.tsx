import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api/hooks';
import type { Json } from '../lib/canonical';
import { printQuantity } from '../lib/print';
import { PermitKindName, SubstanceName } from '../parts/names';
import type { Quantity } from '../lib/quantity';
import { formOf, type Field } from './steps';

function isQuantity(value: Json): value is { unit: string; value: string } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'unit' in value && 'value' in value;
}

const named = (fields: readonly Field[] | undefined, name: string) => fields?.find((field) => field.name === name);

/** The name, and the id that is signed where they differ. */
function Named({ id }: { id: string }) {
  const known = useRead('/v1/parties/{party}', { path: { party: id } }).data?.name;
  return (
    <>
      <bdi>{known ?? id}</bdi> {known && <small className="dim">{id}</small>}
    </>
  );
}

/** A choice is said in words; what somebody typed stands as it was typed, whatever it is called like. */
function Words({ value, field }: { value: Json; field: Field | undefined }) {
  const { t } = useTranslation();
  if (value === null) return <>–</>;
  if (isQuantity(value)) return <b>{printQuantity(value as Quantity)}</b>;
  if (Array.isArray(value))
    return (
      <ul className="words-list">
        {value.map((each, n) => (
          <li key={n}>
            <Words value={each} field={field} />
          </li>
        ))}
      </ul>
    );
  if (typeof value === 'object')
    return (
      <>
        {Object.entries(value).map(([name, each]) => (
          <span key={name} className="words-pair">
            <span className="dim">{t(`field.${name}`, name)}</span> <Words value={each} field={named(field?.fields, name)} />
          </span>
        ))}
      </>
    );
  const text = String(value);
  if (field?.kind === 'substance') return <SubstanceName code={text} />;
  if (field?.kind === 'permit-kind') return <><PermitKindName code={text} /> <small className="dim">{text}</small></>;
  if (field?.kind === 'party' || field?.kind === 'agency') return <Named id={text} />;
  return <bdi>{field?.options?.includes(text) ? t(`option.${text}`) : text}</bdi>;
}

/** What the signature will stand under, in the words of the form. Names and remarks keep their own direction. `asked`: another head. */
export function PlainWords({ type, payload, asked }: { type: string; payload: { [key: string]: Json }; asked?: string }) {
  const { t } = useTranslation();
  const fields = formOf(type)?.fields;
  const items = Object.entries(payload)
    .filter(([name]) => name !== 'nonce')
    .map(([name, value]) => ({ key: name, label: t(`field.${name}`, name), children: <Words value={value} field={named(fields, name)} /> }));
  return (
    <div className="words">
      <p className="words-head">{asked ?? t('sign.willSign', { step: t(`step.${type}`, type) })}</p>
      <Descriptions column={1} size="small" bordered items={items} />
    </div>
  );
}
