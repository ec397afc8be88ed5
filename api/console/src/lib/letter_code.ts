// The code in a letter to the legal address of a unit: as the registry makes and checks it (schema/steps/party.challenge.md).
import { hex, random } from './bytes';
import { commitment } from './entry';

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeBytes = 10;

/** Luhn's check over 32 symbols. */
function checkOf(text: string): string {
  let sum = 0;
  [...text].reverse().forEach((each, n) => {
    const addend = symbols.indexOf(each) * (n % 2 === 0 ? 2 : 1);
    sum += Math.floor(addend / symbols.length) + (addend % symbols.length);
  });
  return symbols[(symbols.length - (sum % symbols.length)) % symbols.length]!;
}

const grouped = (text: string) => text.match(/.{1,4}/g)!.join('-');

/** The code for ten random bytes. */
export function codeOf(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const text = bits.match(/.{5}/g)!.map((five) => symbols[parseInt(five, 2)]).join('');
  return grouped(text + checkOf(text));
}

/** As it is printed, of what somebody typed from paper: small letters, blanks, O for 0 and I or L for 1. Null when a symbol was misread. */
export function readCode(typed: string): string | null {
  const text = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{17}$/.test(text)) return null;
  return checkOf(text.slice(0, -1)) === text.at(-1) ? grouped(text) : null;
}

export interface SealedCode {
  letter: string;
  party: string;
  code: string;
  /** What the log holds of it. */
  commitment: string;
  salt: string;
}

export async function sealCode(letter: string, party: string, bytes = random(codeBytes), salt = random(32)): Promise<SealedCode> {
  const code = codeOf(bytes);
  const sealed = await commitment('p256-sha256', salt, `/address-code/${party}/${letter}`, code);
  return { letter, party, code, commitment: hex(sealed), salt: hex(salt) };
}
