/** Ends a Node that cannot run the scripts, in one line: `node --import ./infra/refuse-old-node.mjs …`. */
import { refusalOf, wantedNode } from './node-version.mjs';

const refusal = refusalOf(process.version, wantedNode());
if (refusal !== undefined) {
  console.error(refusal);
  process.exit(1);
}
