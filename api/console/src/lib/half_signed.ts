import { equal, utf8 } from './bytes';
import type { Json } from './canonical';
import type { Submission } from './entry';
import { parseHeader, type Header } from './header';
import { hash } from './suite';

const format = 'tallystick-half-signed/v1';

/** An entry that one person signed and a second still has to, on its way between two devices as a file. */
export interface HalfSigned {
  submission: Submission;
  header: Header;
  payload: { [key: string]: Json };
}

export type HalfSignedFault = 'not-a-file' | 'bad-header' | 'other-payload';

export function writeHalfSigned(submission: Submission): string {
  return JSON.stringify({ format, submission }, null, 1);
}

function submissionOf(text: string): Submission | null {
  try {
    const file = JSON.parse(text) as { format?: unknown; submission?: Submission };
    const it = file.submission;
    const whole = file.format === format && typeof it?.header === 'string' && typeof it.payload === 'string' && Array.isArray(it.signatures);
    return whole && it!.signatures.length > 0 ? it! : null;
  } catch {
    return null;
  }
}

/** What is shown to the second person must be what the signature stands under: the payload is hashed here again. */
export async function readHalfSigned(text: string): Promise<HalfSigned | HalfSignedFault> {
  const submission = submissionOf(text);
  if (!submission) return 'not-a-file';
  const header = parseHeader(submission.header);
  if (!header || submission.signatures[0]!.key !== header.key) return 'bad-header';
  const bytes = utf8(submission.payload);
  if (bytes.length !== header.payload.count || !equal(await hash(header.suite, bytes), header.payload.hash)) return 'other-payload';
  return { submission, header, payload: JSON.parse(submission.payload) as { [key: string]: Json } };
}
