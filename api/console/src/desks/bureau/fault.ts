import type { Permit } from '../../api/rows';
import { today } from '../../lib/print';

const inForce = ['issued', 'partly_used'];

/** Why a paper cannot be used today; null when it can. */
export function fault(permit: Permit): string | null {
  if (!inForce.includes(permit.state)) return permit.state;
  if (permit.valid_to < today()) return 'expired';
  return permit.valid_from > today() ? 'not-yet' : null;
}
