import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const consoleFolder = fileURLToPath(new URL('..', import.meta.url));
export const pageFolder = join(consoleFolder, 'page');
export const projectRoot = join(consoleFolder, '..', '..');
/** The page, and the layouts of the machines that were looked at. */
export const builtFolder = join(projectRoot, 'dist', 'console');
