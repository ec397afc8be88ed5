import { hex } from './bytes';

/** SHA-256 of a file, in hex. */
export async function fileHash(file: Blob): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())));
}
