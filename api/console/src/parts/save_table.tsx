import { Button, Space } from 'antd';
import { today } from '../lib/print';
import { csv, save } from '../lib/save';
import { xlsx, type Cells } from '../lib/sheet';
import { useLongWork, type Advance } from './long_work';

interface Props {
  /** The table, head first. A long list fetches the rest of itself here, tells how far it is, and stops when told to. */
  rows: (signal: AbortSignal, tell: (advance: Advance) => void) => Cells | Promise<Cells>;
  name: string;
}

/** Saves what a list shows, as CSV and as XLSX. */
export function SaveTable({ rows, name }: Props) {
  const work = useLongWork();
  const start = (kind: 'csv' | 'xlsx') =>
    work.run(async (signal, tell) => {
      const cells = await rows(signal, tell);
      const file = kind === 'csv' ? csv(cells) : await xlsx(cells, name);
      signal.throwIfAborted();
      save(file, `${name}-${today()}.${kind}`);
    });
  return (
    <>
      {work.view}
      <Space.Compact className="no-print">
        {(['csv', 'xlsx'] as const).map((kind) => (
          <Button key={kind} disabled={work.busy} onClick={() => start(kind)}>
            {kind.toUpperCase()}
          </Button>
        ))}
      </Space.Compact>
    </>
  );
}
