import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';

/** The earliest time that the ZIP format can hold, in local time as the format has it: equal bytes in every zone. */
const fixedModificationTime = new Date(1980, 0, 1);

/** Zips one file; equal contents give equal bytes on every machine and at any time. */
export function zipOf(fileName: string, contents: Uint8Array): Uint8Array {
  // `os: 3` (Unix) with 0644: Lambda's own user has to be able to read the file.
  return zipSync({ [fileName]: [contents, { mtime: fixedModificationTime, os: 3, attrs: 0o644 << 16, level: 9 }] });
}

/** What Lambda (and so Terraform's `source_code_hash`) calls the hash of a zip: base64 of its SHA-256. */
export function codeHashOf(zip: Uint8Array): string {
  return createHash('sha256').update(zip).digest('base64');
}
