/** Ends a copy whose packages are not installed in words: Node would tell of the first import that fails. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

function isMissing(name) {
  try {
    import.meta.resolve(name);
    return false;
  } catch {
    return true;
  }
}

const missing = Object.keys(dependencies).filter(isMissing);
if (missing.length > 0) {
  console.error(`
local-cloud needs packages that are not installed: ${missing.join(', ')}.
Run npm install in ${fileURLToPath(new URL('.', import.meta.url))}`);
  process.exit(1);
}
