import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';

/** The earliest time that the ZIP format can hold, in local time as the format has it: equal bytes in every zone. */
const fixedModificationTime = new Date(1980, 0, 1);

/** @param files by path; equal ones give equal bytes on every machine and at any time */
export function zipOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  // `os: 3` (Unix) with 0644: Lambda's own user has to be able to read the files.
  const options = { mtime: fixedModificationTime, os: 3, attrs: 0o644 << 16, level: 9 } as const;
  const paths = Object.keys(files).sort();
  return zipSync(Object.fromEntries(paths.map((path) => [path, [files[path] as Uint8Array, options]])));
}

/** What Lambda (and so Terraform's `source_code_hash`) calls the hash of a zip: base64 of its SHA-256. */
export function codeHashOf(zip: Uint8Array): string {
  return createHash('sha256').update(zip).digest('base64');
}
