import { App as AntApp, Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '../lib/print';
import { csv, save } from '../lib/save';
import { xlsx, type Cells } from '../lib/sheet';

/** Saves what a list shows, as CSV and as XLSX. `rows` may fetch the rest of the list first. */
export function SaveTable({ rows, name }: { rows: () => Cells | Promise<Cells>; name: string }) {
  const { t } = useTranslation();
  const { message } = AntApp.useApp();
  const [busy, setBusy] = useState<'csv' | 'xlsx' | null>(null);

  async function run(kind: 'csv' | 'xlsx') {
    setBusy(kind);
    try {
      const cells = await rows();
      save(kind === 'csv' ? csv(cells) : await xlsx(cells, name), `${name}-${today()}.${kind}`);
    } catch {
      void message.error(t('save.failed'));
    } finally {
      setBusy(null);
    }
  }

  return (
    <Space.Compact className="no-print">
      <Button loading={busy === 'csv'} disabled={busy !== null} onClick={() => void run('csv')}>
        CSV
      </Button>
      <Button loading={busy === 'xlsx'} disabled={busy !== null} onClick={() => void run('xlsx')}>
        XLSX
      </Button>
    </Space.Compact>
  );
}
