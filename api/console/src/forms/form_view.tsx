import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { Picker } from './pickers';
import type { Faults, Values } from './payload';
import type { Field } from './steps';

interface Props {
  fields: readonly Field[];
  values: Values;
  faults: Faults;
  /** What the server said of a field, in its own words. */
  said: Record<string, string>;
  onChange: (values: Values) => void;
  /** Under a quantity: what is there, and what will be left. */
  hint?: (field: Field, line: Values) => string | null;
}

interface OneProps extends Omit<Props, 'fields' | 'onChange'> {
  field: Field;
  place: string;
  form: Values;
  set: (value: Values[string]) => void;
}

function Help({ place, faults, said, note }: { place: string; faults: Faults; said: Record<string, string>; note: string | null }) {
  const { t } = useTranslation();
  if (said[place]) return <>{said[place]}</>;
  if (faults[place]) return <>{t(`fault.${faults[place]}`)}</>;
  return <>{note}</>;
}

function One({ field, place, values, form, faults, said, set, hint }: OneProps) {
  const { t } = useTranslation();
  const invalid = place in faults || place in said;
  const note = hint?.(field, values) ?? null;
  const id = `f-${place.replaceAll('/', '-')}`;
  const value = values[field.name];
  return (
    <Form.Item
      label={t(`field.${field.name}`, field.name)}
      htmlFor={id}
      layout="vertical"
      required={!field.optional}
      validateStatus={invalid ? 'error' : ''}
      help={invalid || note ? <Help place={place} faults={faults} said={said} note={note} /> : undefined}
    >
      {field.kind === 'choices' ? (
        <Checkbox.Group
          options={field.options!.map((each) => ({ value: each, label: t(`option.${each}`, each) }))}
          value={(value as string[] | undefined) ?? []}
          onChange={(chosen) => set(chosen as string[])}
        />
      ) : (
        <Picker id={id} field={field} value={typeof value === 'string' ? value : ''} form={form} invalid={invalid} onChange={set} />
      )}
    </Form.Item>
  );
}

function Lines({ field, place, values, form, faults, said, set, hint }: OneProps) {
  const { t } = useTranslation();
  const rows = (values[field.name] as Values[] | undefined) ?? (field.optional ? [] : [{}]);
  const change = (n: number, row: Values) => set(rows.map((each, m) => (m === n ? row : each)));
  return (
    <fieldset className="lines">
      <legend>
        {t(`field.${field.name}`, field.name)}
        {place in faults && <span className="lines-fault">{t(`fault.${faults[place]}`)}</span>}
        {place in said && <span className="lines-fault">{said[place]}</span>}
      </legend>
      {rows.map((row, n) => (
        <div className="line" key={n}>
          {field.fields!.map((each) => (
            <One
              key={each.name}
              field={each}
              place={`${place}/${n}/${each.name}`}
              values={row}
              form={{ ...form, ...row }}
              faults={faults}
              said={said}
              hint={hint}
              set={(value) => change(n, { ...row, [each.name]: value })}
            />
          ))}
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('form.dropLine', { n: n + 1 })}
            onClick={() => set(rows.filter((_, m) => m !== n))}
          />
        </div>
      ))}
      <Button type="dashed" icon={<PlusOutlined />} onClick={() => set([...rows, {}])}>
        {t('form.addLine')}
      </Button>
    </fieldset>
  );
}

/** Fields that belong together, as the instrument of a count. */
function Group({ field, place, values, form, faults, said, set, hint }: OneProps) {
  const { t } = useTranslation();
  const inner = (values[field.name] as Values | undefined) ?? {};
  return (
    <fieldset className="lines">
      <legend>
        {t(`field.${field.name}`, field.name)} {field.optional && <span className="dim">{t('form.optional')}</span>}
      </legend>
      <div className="line">
        {field.fields!.map((each) => (
          <One
            key={each.name}
            field={field.optional ? { ...each, optional: true } : each}
            place={`${place}/${each.name}`}
            values={inner}
            form={{ ...form, ...inner }}
            faults={faults}
            said={said}
            hint={hint}
            set={(value) => set({ ...inner, [each.name]: value })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** The fields of a step. Everything typed stays, whatever is said about it. */
export function FormView({ fields, values, faults, said, onChange, hint }: Props) {
  return (
    <>
      {fields.filter((field) => field.kind !== 'sealed').map((field) => {
        const Part = field.kind === 'lines' ? Lines : field.kind === 'group' ? Group : One;
        return (
          <Part
            key={field.name}
            field={field}
            place={field.name}
            values={values}
            form={values}
            faults={faults}
            said={said}
            hint={hint}
            set={(value) => onChange({ ...values, [field.name]: value })}
          />
        );
      })}
    </>
  );
}
